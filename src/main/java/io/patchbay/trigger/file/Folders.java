package io.patchbay.trigger.file;

import io.patchbay.connector.file.Folder;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Arrival;

/** Finds the folder of an instance as it is at the moment: instances change while the program runs. */
@FunctionalInterface
public interface Folders {

    /** The folder of a trigger's instance. @throws StepException when it is not there, is none, or its settings cannot be had */
    Folder folder(Arrival what) throws StepException;
}
