package io.patchbay.runtime;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.route.Environments;
import io.patchbay.route.FlowDeployer;
import io.patchbay.secret.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** Looks whether the secrets are there that instances read; their values are not looked at. */
final class InstanceCredentials implements Environments.Credentials {

    private final FlowDeployer deployer;
    private final Secrets secrets;

    InstanceCredentials(FlowDeployer deployer, Secrets secrets) {
        this.deployer = deployer;
        this.secrets = secrets;
    }

    @Override
    public Map<String, String> missing(String name) {
        Map<String, String> missing = new TreeMap<>();
        Instance instance =
                deployer.world().around("", Map.of()).services().get(Catalog.class) instanceof Catalog catalog
                        ? catalog.instance(name)
                        : null;
        if (instance != null) {
            instance.settings()
                    .forEach((setting, value) -> value.reads().stream()
                            .filter(ref -> ref.root().equals("secret") && lacks(ref.name()))
                            .forEach(ref -> missing.put(setting, ref.name())));
        }
        return missing;
    }

    /** A vault that cannot be asked now may have it. */
    @Override
    public boolean lacks(String secret) {
        try {
            return secrets.find(secret).isEmpty();
        } catch (Secrets.UnreachableException e) {
            return false;
        }
    }
}
