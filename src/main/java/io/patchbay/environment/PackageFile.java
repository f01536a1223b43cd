package io.patchbay.environment;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
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

    /** @throws IllegalArgumentException if the id is not kebab-case */
    public PackageFile {
        if (!ID.matcher(id).matches() || id.length() > LONGEST) {
            throw new IllegalArgumentException("package id '" + id + "' must be kebab-case, like order-flows");
        }
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("package '" + id + "' has no flows");
        }
        flows = List.copyOf(flows);
    }
}
