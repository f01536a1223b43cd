package io.patchbay.cli;

import io.patchbay.blueprint.Answers;
import io.patchbay.blueprint.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a person for what was not answered by options.
 *
 * @param of the blueprint
 * @param all whether what has a default is asked, too
 * @param json whether a program reads the answer: then only what was wished for is asked
 */
record Asking(Shown of, Questions questions, boolean all, boolean json) {

    Answers of(Answers given) {
        Map<String, String> values = new LinkedHashMap<>(given.values());
        for (Shown.Asked one : of.questions()) {
            if (!values.containsKey(one.name()) && (all || one.otherwise().isEmpty())) {
                values.put(one.name(), answer(one));
            }
        }
        Map<String, String> instances = new LinkedHashMap<>(given.instances());
        for (Shown.Need need : all ? of.instances() : List.<Shown.Need>of()) {
            instances.computeIfAbsent(
                    need.name(),
                    name -> questions.text(
                            "Instance of " + need.connector() + ", " + Table.printable(need.title()),
                            "--instance " + name + "=NAME",
                            name));
        }
        return new Answers(values, instances, given.secrets());
    }

    private String answer(Shown.Asked one) {
        String option = "--set " + one.name() + "=ANSWER";
        String usual = one.otherwise().isEmpty() ? null : one.otherwise();
        if (one.choices().isEmpty()) {
            return questions.text(Table.printable(one.title()) + " (" + one.type() + ")", option, usual);
        }
        List<String> choices = new ArrayList<>(one.choices());
        if (usual != null && choices.remove(usual)) {
            choices.add(0, usual);
        }
        return questions.choice(Table.printable(one.title()), option, choices);
    }
}
