package io.patchbay.api;

import io.patchbay.blueprint.BlueprintException;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Something that is done with the files of the home folder. */
interface HomeWork<T> {

    /** Does it. */
    T done() throws IOException, InterruptedException;

    /** Does it; what keeps it from being done is the answer: 404 for what is not there, 400 for what could never be done, 409 for all else. */
    static <T> T allowed(HomeWork<T> work, UnaryOperator<String> redacted) {
        try {
            return work.done();
        } catch (BlueprintException e) {
            String why = redacted.apply(Refusal.sentence(String.valueOf(e.getMessage())));
            throw e.wrong() ? Refusal.badRequest(why) : Refusal.refused(e.unknown(), why);
        } catch (IOException e) {
            throw Refusal.conflict("It cannot be done, a file could not be read, written or changed: "
                    + redacted.apply(String.valueOf(e.getMessage())) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.conflict("It was broken off: the program ends.");
        }
    }
}
