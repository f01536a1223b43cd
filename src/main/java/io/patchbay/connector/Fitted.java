package io.patchbay.connector;

import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An instance, held against every version of its connector, because a flow may ask for another one than the instance's own.
 *
 * @param text of its file; null when it is in none
 * @param instance by its own version
 * @param others by the other versions, the newest last
 */
record Fitted(@Nullable String text, Instance instance, List<Other> others) {

    Fitted {
        others = List.copyOf(others);
    }

    /**
     * An instance by another version of its connector.
     *
     * @param connector the version
     * @param instance null when it does not fit
     * @param why it does not, or null
     */
    record Other(
            Connector connector,
            @Nullable Instance instance,
            @Nullable Problem why) {}

    /** Checks the instance against a version. */
    interface Check {
        /**
         * The instance, or null with a problem.
         *
         * @param others versions that the instance is held against too
         */
        @Nullable
        Instance by(Connector version, List<Connector> others, Problems problems);
    }

    /** The instance by its own version and by all others; null when it does not fit its own. */
    static @Nullable Fitted of(
            @Nullable String text, Connector own, List<Connector> versions, Check check, Problems problems) {
        Instance instance = check.by(own, versions, problems);
        if (instance == null) {
            return null;
        }
        List<Other> others = new ArrayList<>();
        for (Connector version : versions) {
            if (!version.equals(own)) {
                Problems against = new Problems();
                Instance other = check.by(version, versions, against);
                Problem why = against.list().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .findFirst()
                        .orElse(null);
                others.add(new Other(version, other, why));
            }
        }
        return new Fitted(text, instance, others);
    }

    /** Names of the settings of some versions, or of their secrets alone. */
    static Set<String> settings(List<Connector> versions, boolean secret) {
        Set<String> names = new TreeSet<>();
        for (Connector version : versions) {
            var settings = version.config().settings();
            names.addAll(settings.secrets());
            if (!secret) {
                names.addAll(settings.properties().keySet());
            }
        }
        return names;
    }

    /** The instance by a version, which is its own or another one; null when it does not fit, or is not held against it. */
    @Nullable
    Instance by(Connector version) {
        return instance.connector().equals(version)
                ? instance
                : others.stream()
                        .filter(other -> other.connector().equals(version))
                        .findFirst()
                        .map(Other::instance)
                        .orElse(null);
    }
}
