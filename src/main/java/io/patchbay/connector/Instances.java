package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Validated;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances that are made by the API and kept in the database, beside those of files. A document is what an instance file
 * holds, as JSON, and secrets may stand in it as they are. One that is wrong changes nothing. All methods may wait for the database;
 * when they return, a change holds here, and on other replicas within seconds.
 */
public interface Instances {

    /**
     * Makes an instance.
     *
     * @return the instance, or what is wrong with the document
     * @throws NameTakenException when there is an instance of this name
     */
    Validated<Instance> create(String document);

    /**
     * Puts another document in the place of an instance's.
     *
     * @param seen the {@link Instance#revision} that is to be replaced; null for whatever is there
     * @return empty when no instance of this name is kept here
     * @throws NameTakenException when a file has the name, or somebody else changed it meanwhile
     * @throws ChangedException when it is not what was seen any more
     */
    Optional<Validated<Instance>> replace(String name, @Nullable String seen, String document);

    /**
     * Changes a part of a document: what is named replaces what was there, null takes it away (RFC 7396). What is not named
     * stays, secrets too.
     *
     * @param seen the {@link Instance#revision} that is to be changed; null for whatever is there
     * @return empty when no instance of this name is kept here
     * @throws NameTakenException when a file has the name, or somebody else changed it meanwhile
     * @throws ChangedException when it is not what was seen any more
     */
    Optional<Validated<Instance>> change(String name, @Nullable String seen, JsonNode part);

    /**
     * Deletes an instance. Flows that use it keep running as they are, have a problem, and their calls fail.
     *
     * @param seen the {@link Instance#revision} that is to be deleted; null for whatever is there
     * @return whether one of this name was kept here
     * @throws NameTakenException when a file has the name
     * @throws ChangedException when it is not what was seen any more
     */
    boolean delete(String name, @Nullable String seen);

    /** It is not what the caller saw any more; nothing was changed. */
    final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** For an instance. */
        public ChangedException(String name) {
            super("Instance '" + name + "' was changed by somebody else meanwhile.");
        }
    }

    /** Another one has the name, or has changed what was to be changed. The message says so in a sentence. */
    final class NameTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** A refusal. */
        public NameTakenException(String message) {
            super(message);
        }
    }
}
