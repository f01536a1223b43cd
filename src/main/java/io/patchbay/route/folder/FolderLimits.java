package io.patchbay.route.folder;

import io.patchbay.canvas.YamlReader;

/**
 * What the watched folders may cost. Where a bound over all files is passed, no new generation is taken: the last one stays.
 *
 * @param files most files over all roots
 * @param entries most directory entries over all roots, files of other kinds and folders among them
 * @param fileBytes largest file
 * @param allBytes most bytes over all files
 */
public record FolderLimits(int files, int entries, long fileBytes, long allBytes) {

    /** 10,000 files of 4 MB each at most, 128 MB in all, among 100,000 entries. */
    public static final FolderLimits DEFAULT =
            new FolderLimits(10_000, 100_000, YamlReader.Limits.DEFAULT.characters(), 128L * 1024 * 1024);
}
