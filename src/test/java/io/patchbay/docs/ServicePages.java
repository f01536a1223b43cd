package io.patchbay.docs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The page about services. */
final class ServicePages {

    private ServicePages() {}

    static String markdown(ObjectNode schema) {
        return """
                <!-- Made from the code, do not edit: mvn -Pdocs test -->

                # Services

                A service sends records of one kind from one system to another by a fixed line: trigger, source, filters, mapping, script, destination.
                It stands in a file `routes/services/NAME.service.yaml`, and becomes a flow of the same name: its versions, runs, logs, history, alerts,
                failed payloads, pauses and [tests](flow-tests.md) are those of any flow. `patchbay service show NAME --as-flow` prints that flow; whoever
                outgrows the line saves it as `NAME.flow.yaml`, deletes the service and goes on from there. What is wrong with the file is told at its own lines;
                what fails in a run, at a line of that flow, as `NAME.service.yaml#as-flow:40:27`.

                ```yaml
                service: orders-for-accounts
                name: Paid shop orders for the accounts
                entity: orders
                trigger:
                  - schedule: { cron: "0 6 * * *" }
                source: { instance: sandbox-shop, with: { status: any }, pageSize: 20, attempts: 4, zone: Europe/London }
                reference: order_number
                filters:
                  - { field: financial_status, is: paid }
                mapping:
                  order:
                    - { to: number, from: order_number }
                    - { to: day, from: created_at, then: [ { date: { to: yyyy-MM-dd } } ] }
                  lines:
                    - { to: "lines[*].article", from: "line_items[*].sku" }
                values:
                  shipping: { from: "shipping_lines[0].code", to: shipping, pairs: { standard-gb: PARCEL, intl-air: COURIER }, else: COLLECTED }
                destination: { instance: sandbox-sftp, endpoint: files.put, with: { path: "accounts/orders-${payload[0].number}.json" }, batch: 5 }
                sweep: { at: [ 06:00, 18:00 ] }
                ```

                - **Endpoints.** `entity: orders` reads `orders.list` of the source and sends to `orders.create` of the destination; `endpoint` names
                  another one.
                - **Filters** are [conditions](conditions.md); a record is sent that meets all of them.
                - **Mapping.** Each group is a list of [fields](shapes/map.md#fields); its name is for people. `values` are maps of words that the two
                  systems have for one thing: pairs in the file, or a table. A value without a pair fails its item unless `else` says what it becomes.
                - **Metafields** make the list `metafields` of `{ namespace, key, type, value }` in the record that is sent. To read one of the source,
                  write the path: `from: "metafields[?@.key == 'care'].value", then: [ first ]`.
                - **Script.** A [script](shapes/script.md) over the payload, before it is cut into batches and sent. It gives back records in JSON.
                - **Reference.** What people know a record by. It is copied by a field of the mapping, so that a record is known by it on both sides.
                - **Triggers** are [those of flows](triggers.md). With `source: { instance: shop, pull: false }` the trigger brings the records, as a webhook does.
                - **Zone.** `source.zone` holds for schedules with `cron` that name none, and for the `date` function, where dates come without an offset.

                ## The report

                One line for each item, which is the newest that is known of it: `patchbay service report NAME`, the [API](api.md), or a file of comma
                separated values. Five days back, or as far as `since` says, at most 15; a line can be found as soon as it is written.

                | status | the item |
                | --- | --- |
                | `ok` | was taken by the destination |
                | `sent` | was handed over to a destination that confirms nothing: files, mails, messages |
                | `pending` | is sent again already, or will be by the next sweep |
                | `failed` | failed, and nothing tries it again by itself |

                A line has the reference, the time, the run, how often the item has failed since it was last sent, and what went wrong. The tries of one run
                (`attempts`) are one failure. What failed before its reference could be read has none. An item that a filter or the script left out has no line.

                **Again.** `patchbay service resync NAME 1001 1002`, or with `--status failed`, sends items again, under the service as it is now: a
                [replay](history.md) of the failed payload from the shape in which it failed, queued like any start. Items that failed in one payload go together. What was
                sent, is under way, or failed with a code of `finalFailures` (`HTTP_409` when nothing is said: the destination has it already) is refused, with the reason.

                **Sweep.** At the times of `sweep.at` all that is pending or held is sent again, until an item has failed `sweep.tries` times (4); then it stays failed until
                somebody sends it again. A service that gets its first sweep begins with the next of its times. A service that is paused or not active is not swept.

                **Told.** Failed runs, whole or in part, are told to `alerts.to`, as those of any [flow](alerts.md).

                ## Runs that are otherwise

                `patchbay service run NAME --only 1001,1002` sends items with these references alone, and past the filters; `--unfiltered` goes past the filters;
                `--with status=open` gives an input of the source's endpoint another value, where what runs gives it one. They set the flow's variables `only`,
                `unfiltered` and `with`, for this run.

                `--page-size`, `--attempts` and `--zone` stand for one run in place of `pageSize`, `attempts` and `zone` of the source. Such a run goes through a version of its own, which is what runs with these values in it:
                `patchbay versions NAME` says so in its note, and no rollback goes there by itself. What a service cannot have is refused: a page or an attempt of what the trigger brings, a page that is larger than the connector
                takes, a zone where no field of the mapping reads a date in that of the source. All of it is held against what runs, not against the file: what the file says by now counts once it is deployed, and a
                refusal says when it says something else. The flow that a service becomes tells the zone of its source in a remark; for a version from before that did, the zone of the file is taken.

                To read the payloads of a run: `patchbay payload RUN SHAPE`; the shapes are `source`, `filters`, `mapping`,
                `metafields`, `script`, `batches`, `destination`, `sent`.

                ## Made and changed by the command line

                `patchbay service new orders-to-erp` asks, in turn: source, records, endpoint, destination, trigger, reference, filters, mapping, and whether to activate
                it. It knows which records an instance lists and what takes them; of the mapping it proposes what [`map suggest`](command-line.md#suggest) is sure of.
                With `--source`, `--destination`, `--entity` and `--reference` nothing is asked; the rest is said by options:

                ```
                patchbay service new orders-to-erp --source shop-uk --destination erp --entity orders --reference order_number \\
                  --every 15m --filter 'financial_status is paid' --field total=total_price --suggest --active
                ```

                `service clone orders-to-erp returns-to-erp` makes a copy that is not active. `service activate` and `service deactivate` write `status:` into the
                file, and leave all else in it to the letter; the file is what counts, so the change is seen in its history. To stop a service for a while without a
                change of its file, [pause](pauses.md) the flow of its name. `service notes NAME --add TEXT` adds a note.

                The [console](console.md) asks the same and shows the file before it is written, and the [API](api.md) makes, copies, activates and deactivates; both
                try the file on a copy of the home folder first. In an
                [environment](environments.md) a service runs as `NAME@ENV`, as any flow does, with a report of its own: `patchbay service report NAME@ENV`, and so for `resync` and `run`. Its failed runs are told, and it is swept, as
                outside; a sweep needs the environment's status to be `active`. What is an item's reference, how often it is tried and which failures are final is read from the service's file of now, also where an older version runs.

                ## Removed

                `patchbay service remove NAME`, the console, or `DELETE /api/v1/services/NAME` takes the file out of the runtime's home folder, and the tests of the
                service. It needs the right [`install`](access.md). It is refused while something else needs the service, like a flow that starts it or an environment that
                lists it, and while a run of it goes on or starts of it wait. With `--force` such a run ends as it began, and the starts are
                held until the file is back or they are discarded (`patchbay queue discard`). Its history, versions and failed payloads stay; the answer has what the file said, for who
                puts it back. A file that Git fills is removed there.

                ## Keys

                """
                + new ShapePages(schema, List.of()).keys().replace("(../", "(").strip() + "\n";
    }
}
