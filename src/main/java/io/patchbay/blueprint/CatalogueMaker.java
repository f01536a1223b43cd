package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the catalogue of a folder's archives. */
public final class CatalogueMaker {

    private CatalogueMaker() {}

    /**
     * Writes {@code catalogue.json} into a folder, later than the one that is there.
     *
     * @param folder that has archives
     * @param archives where they are taken apart; whether they are signed does not matter
     * @return what stands in it, a line each
     * @throws BlueprintException when an archive is not right, or two have the same version
     */
    public static List<String> make(Path folder, Archives archives, Clock clock) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(one -> one.toString().endsWith(".zip")).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new BlueprintException(
                    "there are no archives (.zip) in " + folder + ": 'blueprint pack' and 'connector pack' make them");
        }
        List<Catalogue.Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Path file : files) {
            Catalogue.Entry entry = entry(file, archives);
            if (!seen.add(entry.id() + " " + entry.version())) {
                throw new BlueprintException(entry.file() + " has " + entry.id() + " " + entry.version()
                        + ", which another archive has, too");
            }
            entries.add(entry);
        }
        Path index = folder.resolve(Catalogue.FILE);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (Files.isRegularFile(index)) {
            Instant before = Catalogue.parse(Files.readAllBytes(index)).made();
            now = now.isAfter(before) ? now : before.plusSeconds(1);
        }
        byte[] text = new Catalogue(now, entries).text().getBytes(StandardCharsets.UTF_8);
        Catalogue.parse(text);
        Files.write(index, text);
        return entries.stream().map(one -> one.id() + " " + one.version()).toList();
    }

    private static Catalogue.Entry entry(Path file, Archives archives) throws IOException {
        byte[] content = Archive.read(file);
        Path unpacked = archives.extracted(content, Provenance.archive(String.valueOf(file.getFileName()), null));
        Source source = new Source(unpacked);
        List<String> ids = source.ids();
        if (ids.size() != 1) {
            throw new BlueprintException(
                    file.getFileName() + " has " + ids.size() + " blueprints or connectors: one is needed");
        }
        Blueprint blueprint = source.right(ids.get(0));
        List<String> wrong = source.unfit(blueprint);
        if (!wrong.isEmpty()) {
            throw new BlueprintException(file.getFileName() + ": " + String.join("; ", wrong));
        }
        Manifest manifest = blueprint.manifest();
        List<String> connectors = manifest.connectors().entrySet().stream()
                .map(one -> one.getKey() + " "
                        + Pin.parse(one.getValue()).orElseThrow().version())
                .toList();
        return new Catalogue.Entry(
                ids.get(0),
                manifest.version(),
                manifest.title(),
                manifest.systems(),
                connectors,
                String.valueOf(file.getFileName()),
                content.length,
                Hashes.sha256(content));
    }
}
