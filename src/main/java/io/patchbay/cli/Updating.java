package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Lines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Test files that {@code test --update} writes anew. */
final class Updating {

    private final boolean wanted;
    private final List<Written> written = new ArrayList<>();

    private record Written(String file, List<Lines.Change> changes) {}

    Updating(boolean wanted) {
        this.wanted = wanted;
    }

    boolean wanted() {
        return wanted;
    }

    boolean any() {
        return !written.isEmpty();
    }

    /**
     * Writes a file as a whole, or not at all.
     *
     * @param shown what it is called
     * @param before what it held when it was read; when somebody else has written it since, it stays as it is
     */
    void write(Path file, String shown, String before, String after) throws IOException {
        if (before.equals(after)) {
            return;
        }
        replace(file, shown, before, after);
        written.add(new Written(shown, Lines.changes(before, after)));
    }

    /** @throws Refused when the file is another one by now */
    static void replace(Path file, String shown, String before, String after) throws IOException {
        Path real = file.toRealPath();
        Path folder = real.toAbsolutePath().getParent();
        Path next = Files.createTempFile(folder, ".patchbay-", ".tmp");
        try {
            Files.writeString(next, after);
            permissions(real, next);
            if (!Files.readString(real).equals(before)) {
                throw new Refused(
                        Refused.FAILED,
                        shown + " was changed while its tests ran, and is left as it is. Run it again.");
            }
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Writes a new file as a whole. */
    static void create(Path file, String text) throws IOException {
        Path next = file.resolveSibling(".patchbay-" + java.util.UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(next, text);
            Files.move(next, file); // not over one that came meanwhile
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void permissions(Path from, Path to) throws IOException {
        if (from.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> same = Files.getPosixFilePermissions(from);
            Files.setPosixFilePermissions(to, same);
        }
    }

    /** Tells what was written. */
    void tell(PrintWriter out) {
        for (Written one : written) {
            out.println(Table.printable("updated " + one.file()));
            for (Lines.Change change : one.changes()) {
                out.println("  line " + change.line());
                change.before().forEach(line -> out.println(Table.printable("    - " + line)));
                change.after().forEach(line -> out.println(Table.printable("    + " + line)));
            }
        }
    }

    /** The same as a document. */
    ArrayNode document() {
        ArrayNode files = io.patchbay.payload.Json.NODES.arrayNode();
        for (Written one : written) {
            ObjectNode file = files.addObject().put("file", one.file());
            ArrayNode changes = file.putArray("changes");
            for (Lines.Change change : one.changes()) {
                ObjectNode own = changes.addObject().put("line", change.line());
                ArrayNode before = own.putArray("before");
                change.before().forEach(before::add);
                ArrayNode after = own.putArray("after");
                change.after().forEach(after::add);
            }
        }
        return files;
    }
}
