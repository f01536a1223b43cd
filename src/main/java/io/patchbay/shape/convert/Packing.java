package io.patchbay.shape.convert;

import io.patchbay.canvas.Doc;
import io.patchbay.format.ZipMembers;
import io.patchbay.payload.Attempt;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** How the result is packed. */
@Doc("How the result is packed")
public record Packing(
        @Doc("gzip, or a zip file with one member") Packed as,

        @Doc("as: zip: name of the member; without it content. and the format") @Nullable
        String member) {

    /** Unpacked bytes of content that is read into memory as a whole. */
    static final long MOST_WHOLE = 512L << 20;

    /** Bytes of a member that goes aside with its content. */
    static final long MOST_ASIDE = 1L << 20;

    /** @throws IllegalArgumentException if a member's name is none, or nothing has one */
    public Packing {
        if (member != null && as != Packed.ZIP) {
            throw new IllegalArgumentException("'member' belongs to 'as: zip'");
        }
        if (member != null && ZipMembers.wrong(member) != null) {
            throw new IllegalArgumentException("member " + ZipMembers.wrong(member));
        }
    }

    /** Media type of what is packed. */
    String type() {
        return as == Packed.GZIP ? "application/gzip" : "application/zip";
    }

    /** Content of a gzip file. */
    static InputStream gzip(InputStream in) throws IOException {
        try {
            return new GZIPInputStream(new BufferedInputStream(in, 64 * 1024), 64 * 1024);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Writes one content. */
    interface Writing {
        /** Writes it, and leaves the stream open. */
        void to(OutputStream out) throws IOException, io.patchbay.payload.StepException;
    }

    /** Writes content as it is packed. The time of a member is that of the queued instant, so that a repeat is the same. */
    static void write(@Nullable Packing packing, String ending, OutputStream out, Attempt attempt, Writing writing)
            throws IOException, io.patchbay.payload.StepException {
        if (packing == null) {
            writing.to(out);
        } else if (packing.as() == Packed.GZIP) {
            GZIPOutputStream gzip = new GZIPOutputStream(out, 64 * 1024);
            writing.to(gzip);
            gzip.finish();
        } else {
            ZipOutputStream zip = new ZipOutputStream(out);
            ZipEntry entry = new ZipEntry(packing.member() == null ? "content." + ending : packing.member());
            entry.setTimeLocal(LocalDateTime.ofInstant(attempt.queuedAt(), ZoneOffset.UTC));
            zip.putNextEntry(entry);
            writing.to(zip);
            zip.closeEntry();
            zip.finish();
        }
    }
}
