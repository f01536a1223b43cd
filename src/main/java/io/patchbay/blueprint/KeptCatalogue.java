package io.patchbay.blueprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was fetched of a catalogue last, under {@code data/catalogues/NAME}: its file with the signature, in one file so that both change at
 * once, and archives by their digests. What it has is verified again whenever it is read.
 */
final class KeptCatalogue {

    private static final String INDEX = "index.json";
    /** Of all archives of a catalogue; those that were fetched longest ago go first. */
    private static final long MOST_BYTES = 128_000_000;

    private final Path folder;

    KeptCatalogue(Path home, String name) {
        this.folder = home.resolve("data/catalogues").resolve(name);
    }

    Path folder() {
        return folder;
    }

    /**
     * The catalogue's file.
     *
     * @param signature empty for one that was taken without
     */
    record Index(Instant fetched, String text, String signature) {}

    /** What is kept; empty where nothing is, or what is there is not ours. */
    Optional<Index> index() throws IOException {
        Path file = folder.resolve(INDEX);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode document = Json.MAPPER.readTree(Files.readAllBytes(file));
            return Optional.of(new Index(
                    Instant.parse(document.path("fetched").asText()),
                    document.path("catalogue").asText(),
                    document.path("signature").asText()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    void keep(Index index) throws IOException {
        String text = Json.NODES
                .objectNode()
                .put("fetched", index.fetched().toString())
                .put("catalogue", index.text())
                .put("signature", index.signature())
                .toString();
        write(INDEX, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An archive of this digest; empty where it is not kept, or is another by now. */
    Optional<byte[]> archive(String sha256) throws IOException {
        Path file = folder.resolve(sha256 + ".zip");
        if (!Files.isRegularFile(file) || Files.size(file) > Archive.LARGEST) {
            return Optional.empty();
        }
        byte[] content = Files.readAllBytes(file);
        return Hashes.sha256(content).equals(sha256) ? Optional.of(content) : Optional.empty();
    }

    /** Keeps an archive; those that the catalogue does not name any more go, and others where there are too many. */
    void keep(byte[] archive, String sha256, Catalogue catalogue) throws IOException {
        write(sha256 + ".zip", archive);
        Set<String> named =
                catalogue.entries().stream().map(one -> one.sha256() + ".zip").collect(Collectors.toSet());
        List<Path> others = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(one -> one.toString().endsWith(".zip")).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!named.contains(name)) {
                    Files.deleteIfExists(file);
                } else if (!name.startsWith(sha256)) {
                    others.add(file);
                }
            }
        }
        others.sort(Comparator.comparingLong(one -> -one.toFile().lastModified()));
        long bytes = archive.length;
        for (Path file : others) {
            bytes += Files.size(file);
            if (bytes > MOST_BYTES) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, ".new-", "");
        try {
            Files.write(beside, content);
            Files.move(
                    beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
