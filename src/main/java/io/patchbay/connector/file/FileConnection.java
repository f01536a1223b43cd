package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundConnection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.FileCall;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;

/** An instance whose system holds files. */
public final class FileConnection extends BoundConnection {

    private final Governor governor;
    private final Folder folder;

    /** A connection to a place that holds files. */
    public FileConnection(
            Instance instance,
            ObjectNode values,
            Governors.OfInstance governors,
            ConnectorServices services,
            Folder folder) {
        super(instance, values, governors, services);
        this.governor = governors.of(null);
        this.folder = folder;
    }

    /** A folder of this machine: what {@code file:} of baseUrl names, relative to the home folder. */
    public static Folder local(String baseUrl, ConnectorServices services) throws StepException {
        String path = baseUrl.substring("file:".length());
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            throw new StepException(Owner.AUTHOR, "BAD_URL", "baseUrl '" + baseUrl + "' names no folder");
        }
        return new LocalFolder(services.home().resolve(path));
    }

    Folder folder() {
        return folder;
    }

    /** The folder for callers beside flows: under the instance's rate limit as every call is. */
    public Folder shared() {
        return new GovernedFolder(folder, governor, this);
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof FileCall call) {
            return new FileOperation(endpoint, call, this);
        }
        throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + endpoint.id() + "' is no file operation");
    }

    @Override
    public void close() {
        folder.close();
    }
}
