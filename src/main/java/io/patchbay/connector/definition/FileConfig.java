package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** An operation on files. */
@Doc("An operation on files")
public record FileConfig(
        @Doc("The operation") Op op,

        @Doc("Folder (list, and read with a pattern) or file, below the folder of baseUrl") @Default("''")
        Text path,

        @Doc("Which files of the folder: * and ? stand for characters, {a,b} for a choice (list, read)") @Nullable
        Text pattern,

        @Doc("New path of the file (move)") @Nullable Text to,

        @Doc("Whether a missing folder is made (write, move)") @Default("false")
        boolean createFolder,

        @Doc("What a write or move does when the file is there already") @Default("replace")
        Existing existing,

        @Doc("The file is comma separated values: read as records, or written of the payload's records") @Nullable
        FileCsvConfig csv,

        @Doc("The file is in another format: read as records, or written of the payload's records") @Nullable
        ContentConfig content) {

    /** @throws IllegalArgumentException if the keys do not fit the operation */
    public FileConfig {
        if ((to == null) == (op == Op.MOVE)) {
            throw new IllegalArgumentException(op == Op.MOVE ? "a move needs 'to'" : "'to' belongs to a move");
        }
        if (pattern != null && op != Op.LIST && op != Op.READ) {
            throw new IllegalArgumentException("'pattern' belongs to list and read");
        }
        if (csv != null && op != Op.READ && op != Op.WRITE) {
            throw new IllegalArgumentException("'csv' belongs to read and write");
        }
        if (csv != null) {
            if (content != null) {
                throw new IllegalArgumentException(
                        "a file has one format: 'content: {format: csv, csv: …}' says what 'csv' says, leave one out");
            }
            content = csv.content();
        }
        if (content != null) {
            if (op == Op.READ) {
                content.checkRead();
            } else if (op == Op.WRITE) {
                content.checkWrite();
            } else {
                throw new IllegalArgumentException("'content' belongs to read and write");
            }
        }
    }

    /** Whether files are read or written as records: in the format of 'content', which 'csv' says in short. */
    public boolean ofRecords() {
        return content != null;
    }

    /** The operations. */
    public enum Op {
        /** Names, sizes and times of the files in a folder, as records. */
        LIST,
        /** The content of one file, or of each file that a pattern names. */
        READ,
        /** Writes the payload: under a temporary name first, then renamed. */
        WRITE,
        /** Renames. */
        MOVE,
        /** Deletes. */
        DELETE
    }

    /** What happens to a file that is there already. */
    public enum Existing {
        /** It is replaced. */
        REPLACE,
        /** The operation fails. */
        FAIL
    }
}
