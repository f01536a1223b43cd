package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.mapping.suggest.Suggestion;
import io.patchbay.mapping.suggest.Suggestion.Sure;
import io.patchbay.mapping.suggest.SuggestionText;
import java.util.List;

/** Fields that a map could have. */
@Doc("Fields that a map could have")
record MapSuggestionView(
        List<SuggestedFieldView> fields,
        @Doc("Targets for which nothing was found") List<OpenTargetView> open,
        @Doc("Sources that no field reads") List<String> unused,

        @Doc("Whether a side has more places than are looked at")
        boolean cut,

        @Doc("The fields as YAML, with comments") String text) {

    /** A field. */
    @Doc("A field that is proposed")
    record SuggestedFieldView(
            String to,
            String from,

            @Doc("Whether all items of nested lists are one list")
            boolean flatten,

            @Doc("Functions, as they are written in YAML") List<String> then,
            Sure sure,
            @Doc("In a few words each") List<String> why) {}

    /** A target without a source. */
    @Doc("A target for which nothing was found")
    record OpenTargetView(
            String to,

            @Doc("What it takes; empty when that is not known")
            String kind,

            @Doc("Whether it must be there") boolean needed) {}

    static MapSuggestionView of(Suggestion suggestion) {
        return new MapSuggestionView(
                suggestion.fields().stream()
                        .map(one -> new SuggestedFieldView(
                                one.to(), one.from(), one.flatten(), one.then(), one.sure(), one.why()))
                        .toList(),
                suggestion.open().stream()
                        .map(one -> new OpenTargetView(one.to(), one.kind(), one.needed()))
                        .toList(),
                suggestion.unused(),
                suggestion.cut(),
                SuggestionText.of(suggestion));
    }
}
