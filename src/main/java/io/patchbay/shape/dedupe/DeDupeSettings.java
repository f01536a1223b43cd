package io.patchbay.shape.dedupe;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of a deDupe. */
@Doc("By what records are told apart, and what is done with those that are known")
public record DeDupeSettings(
        @Doc("Name of the data pool: letters, digits, - and _")
        String pool,

        @Doc("What a record's key is made of: a path, a list of paths, or text with placeholders")
        RecordKey key,

        @Doc("What kind of thing the keys name: the same key of another entity is another one") @Nullable
        String entity,

        @Doc("Whether known records go, keys are learned, or both; claim where remember is given") @Nullable
        Behaviour behaviour,

        @Doc("When a claimed key is remembered") @Nullable Remember remember,

        @Doc("What becomes of a record whose key another run has claimed") @Default("drop")
        WhenClaimed whenClaimed,

        @Doc("What becomes of a record that has no key") @Default("fail")
        OnMissing onMissing,

        @Doc("A payload without records ends here") @Default("true")
        boolean dropEmpty) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(@[a-z0-9-]+)?");

    /** What is done with records and their keys. */
    public enum Behaviour {
        /** Records whose key is remembered are dropped; nothing is learned. */
        FILTER,
        /** Keys are remembered; nothing is dropped. */
        TRACK,
        /** Both, at once. */
        FILTER_AND_TRACK,
        /** Keys are claimed, and remembered when a shape behind has sent them. */
        CLAIM
    }

    /** What becomes of a record whose key another run has claimed. */
    public enum WhenClaimed {
        /** It is dropped: the other one sends it, or keeps it as failed. */
        DROP,
        /** It is a failed payload of its own. */
        FAIL,
        /** Its payload is tried again as the shape's retries say. */
        RETRY
    }

    /** What becomes of a record that has no key. */
    public enum OnMissing {
        /** It is a failed payload of its own. */
        FAIL,
        /** It goes on, and nothing is learned of it. */
        KEEP
    }

    /** When a claimed key is remembered. */
    @Doc("When a claimed key is remembered")
    public record Remember(
            @Doc("Id of a shape behind, which sends: what passed it is remembered")
            String after,

            @Doc("What the key is made of in the records that reach that shape; as before when it is left out")
            @Nullable
            RecordKey key) {}

    /** @throws WrongValueException when the settings do not fit together */
    public DeDupeSettings {
        requireName("pool", pool);
        if (entity != null && (entity.isBlank() || entity.length() > Pools.LONGEST_NAME)) {
            throw new WrongValueException(
                    "'entity' has 1 to " + Pools.LONGEST_NAME + " characters, found " + entity.length(),
                    "for example entity: order");
        }
        if (behaviour == null) {
            if (remember == null) {
                throw new WrongValueException(
                        "a deDupe needs 'remember' or 'behaviour', found neither",
                        "for example remember: { after: push }, or behaviour: filterAndTrack");
            }
            behaviour = Behaviour.CLAIM;
        }
        if (behaviour == Behaviour.CLAIM && remember == null) {
            throw new WrongValueException(
                    "behaviour: claim needs 'remember', or nothing would ever be remembered",
                    "for example remember: { after: push }");
        }
        if (behaviour != Behaviour.CLAIM && remember != null) {
            throw new WrongValueException(
                    "'remember' goes with behaviour: claim alone", "leave 'behaviour' out, or 'remember'");
        }
    }

    private static void requireName(String key, String name) {
        if (!NAME.matcher(name).matches() || name.length() > Pools.LONGEST_NAME) {
            throw new WrongValueException(
                    "'" + key + "' is a name of letters, digits, - and _, at most " + Pools.LONGEST_NAME + ", found '"
                            + name + "'",
                    "for example " + key + ": erp-orders");
        }
    }

    /** What is done. */
    Behaviour does() {
        return behaviour == null ? Behaviour.CLAIM : behaviour;
    }

    /** The entity as pools have it. */
    String entityName() {
        return entity == null ? "" : entity;
    }
}
