package io.patchbay.environment;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.flow.Flow;
import io.patchbay.queue.Priority;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An environment as it is written. */
@Doc("A Patchbay environment: flows once more, with other instances, stores and values")
public record EnvironmentFile(
        @Doc("The environment's id: unique, kebab-case. A flow of it is called FLOW@ID")
        String environment,

        @Doc("What people call it") @Nullable String name,
        @Doc("A remark of the author") @Nullable String note,

        @Doc("What it is for; nothing hangs on it") @Default("test")
        Type type,

        @Doc("Words to find it by") @Default("[]") List<String> labels,

        @Doc("What stands before the paths of its flows in URLs: /hooks/PREFIX/PATH, /callbacks/PREFIX/PATH,"
                + " /inbound/PREFIX-NAME. The id unless given")
        @Nullable
        String prefix,

        @Doc("'manual': what the files say is a draft until somebody deploys or promotes it; 'auto': it runs as"
                + " soon as it is right")
        @Default("manual")
        Flow.Deploy deploy,

        @Doc("The status of its flows, whatever their files say: only an active flow is started by its triggers")
        @Default("active")
        Flow.Status status,

        @Doc("The priority of its flows; that of their files unless given") @Nullable
        Priority priority,

        @Doc("What stands for what in its flows") @Default("{}")
        Replacements replace,

        @Doc("Its flows: ids, or { flow, status, priority, variables } for what is said of a flow alone") @Default("[]")
        List<FlowIn> flows,

        @Doc("Packages whose flows are its flows, too") @Default("[]")
        List<String> packages) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_~]+([.-][A-Za-z0-9_~]+)*");
    private static final int LONGEST = 40;

    /** What a flow is called that stands in no environment. */
    public static final String BASE = "base";

    /** What an environment is for. */
    public enum Type {
        /** To try things out. */
        TEST,
        /** For the business. */
        LIVE
    }

    /** @throws WrongValueException when the id is not kebab-case, or the prefix is no part of a URL */
    public EnvironmentFile {
        if (!ID.matcher(environment).matches() || environment.length() > LONGEST) {
            throw new WrongValueException(
                    "environment id '" + environment + "' must be kebab-case, with " + LONGEST + " characters at most",
                    "for example uk-test",
                    "environment");
        }
        if (environment.equals(BASE)) {
            throw new WrongValueException(
                    "'" + BASE + "' means the flows that are in no environment", "take another id", "environment");
        }
        if (prefix != null && (!PREFIX.matcher(prefix).matches() || prefix.length() > LONGEST)) {
            throw new WrongValueException(
                    "prefix '" + prefix + "' is no part of a URL",
                    "it may hold letters, digits, '.', '_', '~' and '-', " + LONGEST + " characters at most",
                    "prefix");
        }
        labels = List.copyOf(labels);
        flows = List.copyOf(flows);
        packages = List.copyOf(packages);
    }
}
