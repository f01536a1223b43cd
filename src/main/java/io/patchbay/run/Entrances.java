package io.patchbay.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the revision that a run goes through. */
public interface Entrances {

    /**
     * A deployed revision that was entered for one run; an older one is compiled again when it is not deployed any more.
     *
     * @param flow the flow's id
     * @param revision the revision, or null for the one that is active
     * @return empty when there is none such
     */
    Optional<Entrance> enter(String flow, @Nullable String revision);
}
