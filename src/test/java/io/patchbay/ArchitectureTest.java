package io.patchbay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.patchbay.shape.ShapeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The building plan: which room may see which, and the few habits that keep a room readable. */
class ArchitectureTest {

    private static final String ROOT = "io.patchbay";
    private static final Path SOURCES = Path.of("src/main/java");

    /** What each room may see beside itself and the JDK. A room that is not here is not planned: add it with a reason. */
    private static final Map<String, Set<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("problem", Set.of()),
            Map.entry("canvas", Set.of("problem")),
            // A payload's attempt carries the scope that placeholders are read in.
            Map.entry("payload", Set.of("problem", "canvas", "expression")),
            Map.entry("expression", Set.of("problem", "canvas", "payload")),
            Map.entry("mapping", Set.of("problem", "canvas", "payload", "expression")),
            // Reads and writes data: knows values and how they are written, and nothing of flows.
            Map.entry("format", Set.of("problem", "canvas", "payload", "expression")),
            // How calls leave the machine: told by settings alone.
            Map.entry("outbound", Set.of()),
            Map.entry("secret", Set.of("problem", "canvas", "expression")),
            // Knows JSON and nothing of ours, so that what runs in it can be given nothing of ours.
            Map.entry("script", Set.of("problem")),
            Map.entry(
                    "connector",
                    Set.of(
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "mapping",
                            "format",
                            "secret",
                            "shape",
                            "script",
                            "outbound")),
            Map.entry("notification", Set.of("problem", "payload", "outbound")),
            // Tells of runs that ended and of what stands still: is told of both, and knows neither routes nor
            // connectors.
            Map.entry("alert", Set.of("problem", "canvas", "payload", "notification", "store", "flow", "run")),
            Map.entry(
                    "shape",
                    Set.of(
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "mapping",
                            "format",
                            "secret",
                            "connector",
                            "notification",
                            "script")),
            Map.entry(
                    "trigger",
                    Set.of("problem", "canvas", "payload", "expression", "format", "connector", "shape", "queue")),
            Map.entry("queue", Set.of("problem", "payload", "store")),
            Map.entry("store", Set.of("problem", "payload", "home")),
            Map.entry("home", Set.of("problem")),
            // Whom alerts go to is looked up when a flow is checked.
            Map.entry(
                    "flow",
                    Set.of("problem", "canvas", "payload", "expression", "shape", "trigger", "queue", "notification")),
            // What it keeps may lie in a store of objects outside.
            Map.entry(
                    "run",
                    Set.of(
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "shape",
                            "queue",
                            "store",
                            "flow",
                            "script",
                            "outbound")),
            // Makes texts of flows, and reads what is kept of their runs.
            Map.entry(
                    "service",
                    Set.of(
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "mapping",
                            "connector",
                            "shape",
                            "trigger",
                            "queue",
                            "store",
                            "flow",
                            "run")),
            // Makes texts of flows of other texts of flows.
            Map.entry("environment", Set.of("problem", "canvas", "payload", "flow", "queue")),
            Map.entry(
                    "route",
                    Set.of(
                            "environment",
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "format",
                            "connector",
                            "shape",
                            "flow",
                            "trigger",
                            "queue",
                            "store",
                            "run",
                            "service",
                            "script")),
            // Puts a flow on a bench of its own, as the runtime does in the large.
            Map.entry(
                    "trial",
                    Set.of(
                            "problem",
                            "canvas",
                            "payload",
                            "expression",
                            "secret",
                            "script",
                            "connector",
                            "notification",
                            "shape",
                            "trigger",
                            "queue",
                            "store",
                            "flow",
                            "run",
                            "route")),
            // Reads, lays out and merges files; they are checked and run by whoever asks.
            Map.entry("blueprint", Set.of("problem", "canvas", "payload", "home", "connector", "route", "outbound")),
            // Makes texts of texts: whoever asks checks and writes them.
            Map.entry("moving", Set.of("problem", "canvas", "payload", "expression", "shape")),
            Map.entry("example", Set.of("payload", "home"))));

    /** They may see every room, and no room sees them: the faces, and the room that puts the others together. */
    private static final Set<String> OUTER = Set.of("api", "cli", "ops", "runtime");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Written by Spring when the jar was last built, not by us.
                .withImportOption(location -> !location.contains("__"))
                .importPackages(ROOT);
    }

    @Test
    void noRoomSeesMoreThanItsPlanAllows() {
        Collection<String> broken = new ArrayList<>();
        for (JavaClass from : classes) {
            String room = room(from);
            if (room.isEmpty() || OUTER.contains(room)) {
                continue;
            }
            Set<String> allowed = ROOMS.get(room);
            if (allowed == null) {
                broken.add(from.getName() + " is in a room that is not planned: " + room);
                continue;
            }
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(to -> to.getPackageName().equals(ROOT)
                            || to.getPackageName().startsWith(ROOT + "."))
                    .filter(to -> !room(to).equals(room) && !allowed.contains(room(to)))
                    // A room's own configuration hands its beans to the wiring.
                    .filter(to -> !(room(to).equals("runtime")
                            && outermost(from).getSimpleName().endsWith("Configuration")))
                    .forEach(to -> broken.add(from.getName() + " sees " + to.getName()));
        }
        assertThat(broken.stream().distinct().sorted()).isEmpty();
    }

    @Test
    void readingAndCheckingNeedsNeitherCamelNorSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".problem..",
                        ROOT + ".canvas..",
                        ROOT + ".payload..",
                        ROOT + ".expression..",
                        ROOT + ".mapping..",
                        ROOT + ".format..",
                        ROOT + ".environment..",
                        ROOT + ".flow..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("belong to Camel or Spring, sizes apart") {
                    @Override
                    public boolean test(JavaClass target) {
                        return (target.getPackageName().startsWith("org.apache.camel")
                                        || target.getPackageName().startsWith("org.springframework"))
                                && !target.getPackageName().equals("org.springframework.util.unit");
                    }
                })
                .check(classes);
    }

    @Test
    void shapesDoNotKnowEachOther() {
        slices().matching(ROOT + ".shape.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void addingAShapeTouchesOneSharedLine() throws IOException {
        Map<Path, String> sources = sources();
        for (JavaClass shape : classes) {
            if (!shape.isAssignableTo(ShapeType.class) || shape.isInterface() || shape.isAnonymousClass()) {
                continue;
            }
            Pattern name = Pattern.compile("\\b" + shape.getSimpleName() + "\\b");
            Path own = SOURCES.resolve(shape.getPackageName().replace('.', '/'));
            List<Path> elsewhere = sources.entrySet().stream()
                    .filter(file -> !file.getKey().startsWith(own))
                    .filter(file -> name.matcher(file.getValue()).find())
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(elsewhere)
                    .as("files outside its package that name %s", shape.getSimpleName())
                    .containsExactly(SOURCES.resolve("io/patchbay/shape/Shapes.java"));
        }
    }

    @Test
    void onlyTheOuterRoomsCarrySpringAnnotations() {
        Collection<String> broken = new ArrayList<>();
        for (JavaClass type : classes) {
            if (mayUseSpring(type)) {
                continue;
            }
            annotations(type)
                    .map(annotation -> annotation.getRawType().getName())
                    .filter(name -> name.startsWith("org.springframework."))
                    // A settings record says so itself: it is bound by name, and tested with `new`.
                    .filter(name -> !(type.getSimpleName().endsWith("Properties")
                            && name.startsWith("org.springframework.boot.context.properties.")))
                    .forEach(name -> broken.add(type.getName() + " carries @" + name));
        }
        assertThat(broken.stream().distinct().sorted()).isEmpty();
    }

    @Test
    void nothingIsInjectedIntoFields() {
        Collection<String> broken = classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getAnnotations().stream()
                        .map(annotation -> annotation.getRawType().getSimpleName())
                        .anyMatch(Set.of("Autowired", "Value", "Inject", "Resource")::contains))
                .map(field -> field.getFullName())
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void thereIsNoChangeableStaticState() {
        fields().that().areStatic().should().beFinal().check(classes);
    }

    @Test
    void timeComesFromAClockThatIsPassedIn() {
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<>("it asks the system for the time") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        AccessTarget.MethodCallTarget target = call.getTarget();
                        boolean now = target.getOwner().getPackageName().equals("java.time")
                                && target.getName().equals("now")
                                && target.getRawParameterTypes().isEmpty();
                        boolean millis = target.getOwner().isEquivalentTo(System.class)
                                && target.getName().equals("currentTimeMillis");
                        return now || millis;
                    }
                })
                .check(classes);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*[.$](Abstract[A-Z]\\w*|Base[A-Z]\\w*|\\w+(Util|Utils|Helper|Manager|Impl))")
                .check(classes);
    }

    @Test
    void everyPackageSaysThatNothingIsNullUnlessMarked() {
        List<String> unmarked = classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(found -> found.getName())
                .sorted()
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void noSourceFilePassesFiveHundredLines() throws IOException {
        Map<Path, Long> longer = new TreeMap<>();
        sources().forEach((file, text) -> {
            long lines = text.lines().count();
            if (lines > 500) {
                longer.put(file, lines);
            }
        });
        assertThat(longer).isEmpty();
    }

    private static boolean mayUseSpring(JavaClass type) {
        JavaClass outer = outermost(type);
        return outer.isEquivalentTo(App.class)
                || outer.getSimpleName().endsWith("Configuration")
                || Set.of("api", "ops", "example").contains(room(outer));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static Stream<JavaAnnotation<?>> annotations(JavaClass type) {
        Stream<JavaAnnotation<?>> members = type.getMembers().stream().flatMap(member -> {
            Stream<JavaAnnotation<?>> own = member.getAnnotations().stream().map(a -> a);
            Stream<JavaAnnotation<?>> parameters = member instanceof JavaCodeUnit code
                    ? code.getParameters().stream()
                            .map(JavaParameter::getAnnotations)
                            .flatMap(Collection::stream)
                    : Stream.of();
            return Stream.concat(own, parameters);
        });
        return Stream.concat(type.getAnnotations().stream(), members);
    }

    /** The first package under the root; empty for the root itself. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (name.length() <= ROOT.length()) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                result.put(file, Files.readString(file));
            }
        }
        return result;
    }
}
