package io.patchbay.connector.file;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What may be a file's name: one that stays where it is put, on every system. */
public final class FileNames {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 2_000;

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "ndjson", "application/x-ndjson",
            "csv", "text/csv",
            "txt", "text/plain",
            "xml", "application/xml",
            "html", "text/html",
            "pdf", "application/pdf",
            "eml", "message/rfc822");

    private FileNames() {}

    /** The media type that a name's ending stands for; {@code application/octet-stream} when it stands for none. */
    public static String mediaType(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    /** Whether a name is one part of a path and nothing else; {@code *} and {@code ?} would mean other files to some clients. */
    public static boolean safe(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.equals(".") || name.equals("..")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean format = Character.getType(c) == Character.FORMAT; // could show another name than there is
            if (c == '/' || c == '\\' || c == '*' || c == '?' || Character.isISOControl(c) || format) {
                return false;
            }
        }
        return true;
    }

    /** A name as it can be shown. */
    public static String shown(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c);
        }
        return text.toString();
    }

    /** A path of safe names without dots and doubled slashes; empty for the folder itself. @throws StepException if it is none */
    public static String path(String text) throws StepException {
        List<String> parts = new ArrayList<>();
        if (text.startsWith("/") || text.length() > LONGEST_PATH) {
            throw refused(text, "paths are relative to the instance's folder");
        }
        for (String part : text.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!safe(part)) {
                throw refused(text, "'" + shown(part) + "' cannot be part of a path");
            }
            parts.add(part);
        }
        return String.join("/", parts);
    }

    /** The path of a file. @throws StepException if it is none */
    public static String file(String text) throws StepException {
        String path = path(text);
        if (path.isEmpty() || text.endsWith("/")) {
            throw refused(text, "a file's name is expected");
        }
        return path;
    }

    private static StepException refused(String text, String why) {
        return new StepException(Owner.AUTHOR, "BAD_PATH", "path '" + shown(text) + "' is refused: " + why);
    }

    /** Joins a folder, empty for the instance's own, and a name. */
    public static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
