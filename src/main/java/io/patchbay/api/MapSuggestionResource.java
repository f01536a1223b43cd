package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.suggest.Side;
import io.patchbay.mapping.suggest.Suggesting;
import io.patchbay.mapping.suggest.TooManyPlacesException;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.MapPreviews;
import io.patchbay.route.MapPreviews.NoPreviewException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fields proposed for a map. Nothing of a sample is kept or logged. */
@RestController
@RequestMapping("/api/v1/map-suggestions")
@Doc("Suggestions: fields for a map between two sides")
final class MapSuggestionResource {

    private static final DataSize MOST = DataSize.ofMegabytes(4);
    private static final Duration LATER = Duration.ofSeconds(1);

    private final MapPreviews previews;
    private final Clock clock;

    MapSuggestionResource(MapPreviews previews, Clock clock) {
        this.clock = clock;
        this.previews = previews;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.RUN)
    @Doc(
            "Proposes fields by names, tags, types and values of two sides; a body of at most 4 MB, of which nothing is kept")
    @Answers(problems = {413, 429})
    MapSuggestionView suggest(HttpServletRequest request) throws IOException {
        JsonNode given = JsonRequest.object(JsonRequest.bytes(request, MOST), List.of("source", "target"));
        try {
            return MapSuggestionView.of(previews.atOnce(() -> {
                Side source = MapSuggestionRequest.side(given, "source", previews);
                return Suggesting.of(source, MapSuggestionRequest.side(given, "target", previews), clock);
            }));
        } catch (TooManyPlacesException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        } catch (NoPreviewException e) {
            String sentence = Refusal.sentence(String.valueOf(e.getMessage()));
            throw e.later()
                    ? Refusal.later(HttpStatus.TOO_MANY_REQUESTS, sentence, LATER)
                    : Refusal.badRequest(sentence);
        }
    }
}
