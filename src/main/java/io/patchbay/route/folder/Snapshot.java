package io.patchbay.route.folder;

import io.patchbay.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * All files of all roots at one moment: one generation.
 *
 * @param files ordered by path, each path once. A file that cannot be read now stands here with the text it had before, so a
 *     file that is missing here was really deleted
 * @param problems files and folders that cannot be read now
 */
public record Snapshot(List<SourceFile> files, List<Problem> problems) {

    public Snapshot {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /** The files of a kind. */
    public Stream<SourceFile> of(SourceKind kind) {
        return files.stream().filter(file -> file.kind() == kind);
    }
}
