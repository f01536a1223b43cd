package io.patchbay.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.shape.Shapes;
import java.util.List;

/** The page about the files that a user writes: flows, instances, scripts, lookup tables. */
final class FilePages {

    private FilePages() {}

    static String markdown(ObjectNode flow, ObjectNode instance, ObjectNode stores) {
        return """
                <!-- Made from the code, do not edit: mvn -Pdocs test -->

                # Files that you write

                All stand in the home folder, take effect within a second of being written, and are checked by `patchbay check`. A file
                with a problem leaves its last good version running, also over a restart of the program; a flow
                that only an update of its connector broke goes on until the program ends. Of two flows that want the
                same id or path the one has it that runs with it.

                ## Flows: `routes/**/NAME.flow.yaml`

                ```yaml
                flow: paid-orders
                name: Paid orders to the log
                variables: { currency: EUR }
                settings: { overlap: queue, capture: { payloads: failures } }
                trigger:
                  - schedule: { every: 10m }
                shapes:
                  - id: orders
                    manualPayload: { json: [ { id: 1, paid: true, by: express }, { id: 2, paid: false, by: post } ] }
                  - id: paid
                    filter: { keep: { field: paid, is: true } }
                  - id: named
                    map: { fields: [ { to: id, from: id }, { to: by, from: by, then: [ { lookup: { table: carriers, else: STD } } ] } ] }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id} in ${flow.currency} by ${record.by}" }
                ```

                What may stand under `trigger` is on the page [triggers](triggers.md), what a shape is on that of the
                [shapes](shapes/README.md).

                """ + here(new ShapePages(flow, Shapes.all()).keys()) + """
                ## Instances: `connectors/CONNECTOR/instances/NAME.yaml`

                A connector describes a system; an instance is one access to it, with settings and credentials. As many as there are
                accesses. What a connector's settings are stands in its `connector.yaml`. Secrets are named, never written:
                `${secret.NAME}` is the environment's `PATCHBAY_SECRET_NAME` or the file `/run/secrets/NAME`. One that is not there
                fails the call that needs it, with code NO_SECRET. Known secrets are replaced by `***` in logs, records and answers, but for
                those of fewer than six characters, which cannot be told from ordinary text: a line in the log names them.

                ```yaml
                instance: archive
                connector: local-folder
                settings: { folder: data/archive }
                ```

                """
                + here(new ShapePages(instance, List.of()).keys()) + """
                ## Scripts: `routes/scripts/NAME.js`

                Code that a [script](shapes/script.md) shape or the map function `script` calls; what it may do stands on the page
                [scripts](scripts.md). A file lies in any folder `scripts` below `routes`, and its name is the script's name, so it stands once. A
                script that changed is a new version of the flows that use it: runs that have begun end with the old one. A script
                that went bad is a problem of its file and of these flows, which go on with what they had. Expressions of
                [other languages](languages.md) stand there as well.

                ## Lookup tables: `routes/tables/NAME.csv`

                UTF-8, RFC 4180; the first line names two columns or more. The map function [`lookup`](functions.md#lookup) asks them for a value from the
                data, `${table.NAME['KEY']}` for a key that is known: what stands in the second column beside the first row with this key in the first.

                ```
                country,service,carrier,days
                GB,express,DHL,1
                GB,post,Royal Mail,3
                ```

                A field `{ to: by, from: country, then: [ { lookup: { table: ways, where: { service: way }, to: carrier } } ] }` asks it by two columns. A field under
                `where` that a record has not asks for an empty cell.

                - In a table of two columns a key of the first stands once; in a larger one it may come again, and the first row that fits is taken. Asked from its
                  second column (`from: value`), a table gives the first row, too.
                - `match: wildcard` tries rows with `*` or `?` one after another, and `match: range` those whose further columns fit: what matters is their order. Ranges
                  are of numbers or of dates like `2026-03-31`; of a time in the data, the day as it is written counts.
                - A column that is not there, a cell that is no range, or no number where `as: number` wants one, is told with the flow that asks, and so
                  is a row that another one before it hides: one with the same cells, with a wildcard that takes all of its values, or with a wider range. Asked from a
                  column of values, several rows may have the same. `patchbay check` names tables that no flow reads.
                - A table that changed is a new revision of the flows that read it; one that went bad is a problem of its file, and they go on with what it was.

                ## Schemas: `routes/schemas/NAME.json` and `NAME.xsd`

                What the shape [validate](shapes/validate.md) holds records to, by the name of the file: JSON Schema (2020-12) or XML Schema
                (XSD 1.0). Each stands in one file; nothing outside of it is read. A schema that changes is a new revision of the flows
                that name it; one with a mistake is told with file and line, and these flows go on with their last good revision.

                ## What flows share: `routes/stores.yaml`

                Declares caches and data pools. Each folder in `routes/` may have one, and a name is declared once; a name of a later root
                stands for that of an earlier one. A cache or pool that a flow names and that is not declared has the defaults: a cache is one of the run then. A change takes effect like
                that of a flow.

                ```yaml
                caches:
                  stock: { scope: company, keep: 1d, most: 10MB }
                  page-parts: { scope: run }
                pools:
                  erp-orders: { keep: 90d }
                ```

                """
                + new ShapePages(stores, List.of()).keys();
    }

    /** Links of a page of shapes, as they are one folder above. */
    private static String here(String keys) {
        return keys.replace("(../", "(");
    }
}
