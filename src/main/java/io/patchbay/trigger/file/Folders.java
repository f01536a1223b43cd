package io.patchbay.trigger.file;

import io.patchbay.connector.file.Folder;
import io.patchbay.payload.StepException;

/** Finds the folder of an instance as it is at the moment: instances change while the program runs. */
@FunctionalInterface
public interface Folders {

    /** The folder. @throws StepException when the instance is not there, holds no files, or its settings cannot be had */
    Folder folder(String instance) throws StepException;
}
