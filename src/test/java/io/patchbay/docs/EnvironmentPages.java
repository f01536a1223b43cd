package io.patchbay.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The page about environments and packages. */
final class EnvironmentPages {

    private EnvironmentPages() {}

    static String markdown(ObjectNode environment, ObjectNode pack) {
        return """
                <!-- Made from the code, do not edit: mvn -Pdocs test -->

                # Environments

                An environment runs flows once more, with other instances, stores and values: a shop for tests beside the real one, or one flow for many
                shops. A file `routes/environments/NAME.yaml` says what stands for what.

                ```yaml
                environment: uk-test
                name: British shop, for tests
                type: test
                labels: [uk]
                replace:
                  instances: { shop: shop-uk-test, erp: erp-test }
                  tables: { carriers: carriers-uk }
                  pools: { erp-orders: erp-orders-test }
                  variables: { currency: GBP }
                flows:
                  - orders-to-erp
                  - { flow: stock-to-shop, priority: low }
                packages: [ nightly ]
                ```

                The flow `orders-to-erp` of `uk-test` is a flow of its own, with the id `orders-to-erp@uk-test`. It is started, paused, tested, rolled back and watched by
                this id, everywhere a flow's id stands: `patchbay run orders-to-erp@uk-test`, `POST /api/v1/flows/orders-to-erp@uk-test/start`, `test: orders-to-erp@uk-test`
                in a test file, flows of a [key of the API](access.md) (`*@uk-test` is all of an environment). Its history, failed payloads and alerts are its own.
                The id has at most 100 characters, the environment's name (at most 40) and `@` among them.

                A flow in the list is an id, or `{ flow, status, priority, variables }` for what is said of it alone.

                ## What is otherwise in it

                Its text is that of the flow, with other names in their places. `patchbay versions orders-to-erp@uk-test --show file` prints it. `patchbay check` checks it as it
                checks all flows, and tells a mistake at the line of the flow's file, or at that of the environment's file that gives a wrong name.

                | what | in the environment |
                | --- | --- |
                | instances, lookup tables, scripts | what `replace` says; one that it does not name is the same as outside. `--plan` names each |
                | data pools, company caches | what `replace` says; one that it does not name is the environment's own: `erp-orders@uk-test`, kept as `stores.yaml` says of `erp-orders`. To share one, name it for itself: `pools: { erp-orders: erp-orders }` |
                | caches of runs and of flows, cursors, known keys, files that were taken, waits for approval | its own, because they belong to the flow's id |
                | events that payloads wait for | their keys begin with the environment: `uk-test/paid:7` |
                | flows that it starts | the environment's, where its file names them; else the flow outside, which `--plan` tells |
                | flow variables | what `replace.variables` says, and what is said of the flow alone; only variables that the flow has |
                | URLs | `/hooks/PREFIX/PATH`, `/callbacks/PREFIX/PATH`, `/inbound/PREFIX-NAME`; `/events/INSTANCE/EVENT` follows the instance |
                | status | `active`, whatever the flow's file says, so that a flow that is a draft can stand as a model for environments; `status` says otherwise |
                | priority | that of the flow's file, unless `priority` says otherwise |
                | name | the flow's, with that of the environment behind it |

                A flow that takes files or mails from an instance that is not replaced is refused, because two flows cannot take the same: give it another one. Two
                environments with one prefix are a mistake, too. Names in data (`with`, `variables`, bodies) are left alone; [placeholders](placeholders.md) in them are not.

                ## Deploying and promoting

                What the files say is a draft in the environment until somebody deploys it, as with [`deploy: manual`](versions.md#what-runs). With `deploy: auto` it runs as soon as it is
                right.

                ```
                $ patchbay environment deploy uk-test
                flow                   from  before
                orders-to-erp@uk-test  deployed  file       -
                  orders-to-erp@uk-test: instance mail is not replaced
                $ patchbay environment promote uk-test uk orders-to-erp --plan
                flow              from             before
                orders-to-erp@uk  would be deployed  uk-test 1       -
                  missing: secret SHOP_UK, which the setting 'token' of instance shop-uk reads
                Nothing can be deployed before that is mended.
                Plan 14f0c92b77a1d
                ```

                `deploy` takes files. `promote FROM TO` takes the versions that run in `FROM` (`base`: the flows that are in no environment), as they were before names were replaced, puts the names of
                `TO` into them, and has them run there, with the scripts that they had. What was tested is what runs, whatever the files say meanwhile.

                Both take all flows of the environment, those that are named, or those of a `--package`. First all is looked at: instances, tables and scripts are there, secrets are set, URLs are
                free, flows that are started are there. What speaks against it is listed, missing credentials first, and nothing is done. All flows change together or none does: should one not run in the end, all are
                put back. `--plan` only says what would be done; `--note` is kept with the versions.

                A plan has an id, which is another one as soon as something else would be done, or something else speaks against it: a file changed, another version runs by now. `--plan ID` does what was shown under
                this id, and nothing when it would be something else (exit code 1; in the API 412 with the code `PLAN_CHANGED`). So a pipeline can show a plan, wait for somebody's word and deploy that. The console always
                deploys what it has shown.

                What was deployed is independent of its file, its environment's and its package's from then on: a change there is a draft again. Deploying does not end a pause. A flow that is taken
                out of the environment's file ends; when it comes back, so does what was deployed. While an environment's file cannot be read, what runs of it goes on.

                A [blueprint](blueprints.md) may bring environments. They are drafts, as its flows are: write `status: active` before they are deployed.

                `patchbay environment diff uk-test uk` says what two environments replace otherwise and whether the same versions run: names that are replaced are no difference.
                `patchbay environment list` and `show` say which there are and how their flows stand.

                ## In the API

                | call | does |
                | --- | --- |
                | `GET /api/v1/environments`, `GET /api/v1/environments/{id}` | lists them, with their flows |
                | `GET /api/v1/environments/{from}/diff/{to}` | how two differ |
                | `GET /api/v1/environments/{id}/plan?from=&flow=&package=` | what deploying would do; `from` makes it a promotion |
                | `POST /api/v1/environments/{id}/deploy?from=&flow=&package=&note=&plan=` | does it; 409 says all that speaks against it; with `plan`, or the plan's `ETag` as `If-Match`, 412 when it is another plan by now |
                | `GET /api/v1/packages` | lists packages |

                ## Keys of `routes/environments/NAME.yaml`

                """ + keys(environment) + """
                ## Packages: `routes/packages/NAME.yaml`

                Flows that are deployed together. An environment has the flows of a package when its file names it under `packages`.

                ```yaml
                package: nightly
                name: What runs at night
                flows: [ stock-to-shop, prices-to-shop ]
                ```

                """ + keys(pack).stripTrailing() + "\n";
    }

    private static String keys(ObjectNode schema) {
        return new ShapePages(schema, List.of()).keys().replace("(../", "(");
    }
}
