package io.patchbay.blueprint;

import java.util.List;

/**
 * A blueprint as people look at it.
 *
 * @param files paths in its folder
 */
public record Shown(
        String id,
        String version,
        String title,
        String description,
        List<String> systems,
        List<Need> instances,
        List<Asked> questions,
        List<String> hosts,
        List<String> secrets,
        List<String> scripts,
        List<String> files) {

    /** An instance that it needs. */
    public record Need(String name, String connector, String title, List<String> scopes) {}

    /**
     * A question.
     *
     * @param type text, number, boolean, duration or choice
     * @param otherwise the answer when none is given; empty where one must be
     */
    public record Asked(String name, String title, String type, List<String> choices, String otherwise) {}

    static Shown of(Blueprint blueprint) {
        Manifest manifest = blueprint.manifest();
        return new Shown(
                blueprint.id(),
                manifest.version(),
                manifest.title(),
                manifest.description() == null ? "" : manifest.description(),
                manifest.systems(),
                manifest.instances().entrySet().stream()
                        .map(need -> new Need(
                                need.getKey(),
                                need.getValue().connector(),
                                need.getValue().title(),
                                need.getValue().scopes()))
                        .toList(),
                manifest.questions().entrySet().stream()
                        .map(asked -> new Asked(
                                asked.getKey(),
                                asked.getValue().title(),
                                asked.getValue().type().name().toLowerCase(java.util.Locale.ROOT),
                                asked.getValue().choices(),
                                asked.getValue().otherwise() == null
                                        ? ""
                                        : asked.getValue().otherwise()))
                        .toList(),
                manifest.allowed().hosts(),
                manifest.allowed().secrets(),
                manifest.allowed().scripts(),
                List.copyOf(blueprint.files().keySet()));
    }
}
