package io.patchbay.connector;

import io.patchbay.connector.definition.ConnectorReference;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import org.jspecify.annotations.Nullable;

/** Finds what a flow's pin leads to, and says why it leads nowhere. */
final class Pinning {

    private final Versions versions;
    private final Location at;
    private final Problems problems;

    /** @param at where the pin stands */
    Pinning(Versions versions, Location at, Problems problems) {
        this.versions = versions;
        this.at = at;
        this.problems = problems;
    }

    /** The instance by the version that the pin asks for, or null with a problem. */
    @Nullable
    Instance instance(Fitted fitted, String pin) {
        Instance own = fitted.instance();
        String id = own.connector().id();
        if (!ConnectorReference.isOne(pin)) {
            problems.error(
                    at,
                    "BAD_VALUE",
                    ConnectorReference.wrong(pin),
                    "write " + id + "@" + own.connector().version());
            return null;
        }
        ConnectorReference wanted = ConnectorReference.parse(pin);
        if (!wanted.id().equals(id)) {
            problems.error(
                    at,
                    "WRONG_CONNECTOR",
                    "instance '" + own.name() + "' is one of connector '" + id + "', not of '" + wanted.id() + "'",
                    "write " + id + (wanted.version() == null ? "" : "@" + wanted.version()));
            return null;
        }
        Connector found = versions.newest(id, wanted.version());
        if (found == null) {
            versions.missing(pin, id, wanted.version(), at, problems);
            return null;
        }
        versions.tellOfKept(found, pin, at, problems);
        Instance instance = fitted.by(found);
        if (instance == null) {
            doesNotFit(fitted, found);
        }
        return instance;
    }

    private void doesNotFit(Fitted fitted, Connector version) {
        Problem why = fitted.others().stream()
                .filter(other -> other.connector().equals(version))
                .map(Fitted.Other::why)
                .findFirst()
                .orElse(null);
        problems.error(
                at,
                "INSTANCE_DOES_NOT_FIT",
                "instance '" + fitted.instance().name() + "' does not fit " + version.named()
                        + (why == null ? "" : ": " + why.what()),
                why == null
                        ? "mend " + fitted.instance().file() + " first; the rest follows"
                        : "in " + why.at() + (why.hint() == null ? "" : ": " + why.hint()));
    }
}
