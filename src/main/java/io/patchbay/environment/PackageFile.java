package io.patchbay.environment;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A package of flows as it is written. */
@Doc("Flows that are deployed together")
public record PackageFile(
        @Doc("The package's id: unique, kebab-case") @Key("package")
        String id,

        @Doc("What people call it") @Nullable String name,
        @Doc("A remark of the author") @Nullable String note,
        @Doc("Ids of its flows") List<String> flows) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST = 100;

    /** @throws WrongValueException when the id is not kebab-case, or there are no flows */
    public PackageFile {
        if (!ID.matcher(id).matches() || id.length() > LONGEST) {
            throw new WrongValueException(
                    "package id '" + id + "' must be kebab-case, with " + LONGEST + " characters at most",
                    "for example order-flows",
                    "package");
        }
        if (flows.isEmpty()) {
            throw new WrongValueException("package '" + id + "' has no flows", "name at least one", "flows");
        }
        flows = List.copyOf(flows);
    }
}
