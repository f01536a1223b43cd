package io.patchbay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signatures, passwords and tokens are compared in constant time, so that how long a refusal takes tells nothing. */
class ProofComparisonTest {

    /** What compares a proof that came with one that is known. */
    private static final Set<String> JUDGES = Set.of(
            "io.patchbay.trigger.intake.Gate",
            "io.patchbay.trigger.intake.Signatures$Macs",
            "io.patchbay.ops.security.AdminToken",
            "io.patchbay.connector.camel.InstanceConnect$Begun");

    private static final DescribedPredicate<JavaClass> JUDGE =
            DescribedPredicate.describe("compare proofs", type -> JUDGES.contains(type.getName()));

    private static JavaClasses program;

    @BeforeAll
    static void read() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.patchbay");
    }

    @Test
    void whatComparesProofsDoesItInConstantTime() {
        classes()
                .that(JUDGE)
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .andShould(ArchConditions.never(ArchConditions.callMethodWhere(equality())))
                .check(program);
    }

    @Test
    void noBytesAreComparedInAnotherWay() {
        noClasses()
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .because("bytes that are compared are proofs: MessageDigest.isEqual")
                .check(program);
    }

    @Test
    void whatDecidesInTheIntakeIsKnownHere() {
        classes()
                .that()
                .resideInAPackage("io.patchbay.trigger.intake")
                .and(DescribedPredicate.describe(
                        "make a digest of a request", type -> calls(type, "javax.crypto.Mac", "doFinal")))
                .should(ArchCondition.from(JUDGE))
                .check(program);
    }

    private static boolean calls(JavaClass type, String owner, String method) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getName().equals(owner)
                        && call.getTarget().getName().equals(method));
    }

    /** Comparisons of texts and values that end at the first difference. */
    private static DescribedPredicate<JavaMethodCall> equality() {
        return DescribedPredicate.describe(
                "ends at the first difference",
                call -> Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo")
                                .contains(call.getTarget().getName())
                        && Set.of(
                                        String.class.getName(),
                                        Objects.class.getName(),
                                        Object.class.getName(),
                                        Arrays.class.getName())
                                .contains(call.getTargetOwner().getName()));
    }
}
