package io.patchbay.moving;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes files of a home folder of a file that another program exported. Nothing is written, asked or run here. */
public final class Import {

    private Import() {}

    /** Whose files are read. */
    public enum Dialect {
        /** An exported flow of Patchworks: one JSON document with {@code metadata}, {@code flow}, {@code systems}, {@code scripts}. */
        PATCHWORKS,
        /** A workflow of n8n: {@code nodes} and {@code connections}. */
        N8N,
        /** Flows of Node-RED: a list of nodes with {@code wires}. */
        NODE_RED;

        /** As the command line has it. */
        public String word() {
            return this == NODE_RED ? "node-red" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is to be read.
     *
     * @param file as messages name it
     * @param as id of the flow that is made; null to take it from its name
     * @param taken paths that the home has already
     */
    public record Request(
            Dialect dialect,
            String file,
            String text,
            @Nullable String as,
            Predicate<String> taken) {}

    /**
     * What was made.
     *
     * @param files texts by path from the home folder
     * @param flows ids of the flows among them
     * @param findings what a person has to know, in file order
     * @param secrets names of the secrets that the files want
     */
    public record Result(
            SortedMap<String, String> files, List<String> flows, List<Finding> findings, List<String> secrets) {

        /** Whether something was not translated. */
        public boolean lost() {
            return findings.stream().anyMatch(Finding::lost);
        }
    }

    /** Reads a file. @throws MovingException when it is none of its dialect, or larger than anything that a person made */
    public static Result read(Request request) {
        String as = request.as();
        if (as != null && !as.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new MovingException("'" + SourceText.shown(as)
                    + "' is no id of a flow; write it in lower case with dashes, like orders-to-erp");
        }
        SourceText.Document document = SourceText.read(request.file(), request.text());
        Report report = new Report(request.file());
        Parcel parcel = switch (request.dialect()) {
            case PATCHWORKS -> new PatchworksFile(document, report).read(as, request.taken());
            case N8N -> new N8nFile(document, report).read(as, request.taken());
            case NODE_RED -> new NodeRedFile(document, report).read(as, request.taken());
        };
        return new Result(parcel.files(), parcel.flows(), report.findings(), List.copyOf(report.secrets()));
    }
}
