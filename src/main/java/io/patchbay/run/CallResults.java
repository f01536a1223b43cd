package io.patchbay.run;

import java.util.Collection;
import java.util.List;

/** What runs have left for runs that wait for them. It is written with the end of the one and deleted with that of the other. */
public interface CallResults {

    /** What these runs have left; nothing of those that have not ended. @throws IllegalStateException when the store does not answer */
    List<CallResult> find(Collection<String> runs);
}
