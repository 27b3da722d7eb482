package org.momo.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** The architecture as rules: a star of modules, packages without cycles, quiet libraries. */
@AnalyzeClasses(packages = "org.momo", importOptions = ArchitectureTest.Libraries.class)
class ArchitectureTest {

  /** Raise it as the project grows: a scan that misses a module must not pass. */
  private static final int CLASSES_AT_LEAST = 0;

  private static final Pattern MODULE = Pattern.compile("/(momo-[a-z]+)/target/");
  private static final String INTERNAL = ".internal";

  @ArchTest
  static void the_scan_sees_every_library_module(JavaClasses classes) {
    Map<String, Integer> seen = new TreeMap<>();
    classes.forEach(c -> seen.merge(module(c), 1, Integer::sum));
    assertThat(seen)
        .containsOnlyKeys(
            "momo-api", "momo-core", "momo-djl", "momo-imaging", "momo-metadata", "momo-onnx");
    assertThat(classes.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
  }

  @ArchTest
  static final ArchRule modules_form_a_star =
      classes()
          .should(
              satisfyForEachDependency(
                  "depend on their own module and on momo-api alone",
                  (from, to) -> to.equals(from) || to.equals("momo-api"),
                  target -> true))
          .because("a plugin of ours lives under the same constraints as a vendor's");

  @ArchTest
  static final ArchRule internal_packages_stay_in_their_module =
      classes()
          .should(
              satisfyForEachDependency(
                  "use internal packages of their own module alone",
                  (from, to) -> to.equals(from),
                  target -> isInternal(target.getPackageName())));

  @ArchTest
  static final ArchRule api_needs_the_jdk_alone =
      noClasses()
          .that(areIn("momo-api"))
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "org.momo..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().assignedFrom(packagesWithTheirInternals()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_are_null_marked =
      classes()
          .should(
              new ArchCondition<JavaClass>("reside in a @NullMarked package") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(item, item.getPackageName() + " is not @NullMarked"));
                  }
                }
              });

  @ArchTest
  static final ArchRule logging_goes_through_slf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest static final ArchRule libraries_are_quiet = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  private static ArchCondition<JavaClass> satisfyForEachDependency(
      String description, ModulePair allowed, DependencyFilter concerned) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (target.getPackageName().startsWith("org.momo")
              && target.getSource().isPresent()
              && concerned.test(target)
              && !allowed.test(module(item), module(target))) {
            events.add(violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static SliceAssignment packagesWithTheirInternals() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return SliceIdentifier.of(
            isInternal(name) ? name.substring(0, name.indexOf(INTERNAL)) : name);
      }

      @Override
      public String getDescription() {
        return "packages, each with its internal ones";
      }
    };
  }

  private static boolean isInternal(String packageName) {
    return packageName.endsWith(INTERNAL) || packageName.contains(INTERNAL + ".");
  }

  private static DescribedPredicate<JavaClass> areIn(String module) {
    return DescribedPredicate.describe("are in " + module, c -> module(c).equals(module));
  }

  private static String module(JavaClass javaClass) {
    Matcher matcher = MODULE.matcher(javaClass.getSource().orElseThrow().getUri().toString());
    assertThat(matcher.find()).as("module of %s", javaClass.getName()).isTrue();
    return matcher.group(1);
  }

  private interface ModulePair {
    boolean test(String from, String to);
  }

  private interface DependencyFilter {
    boolean test(JavaClass target);
  }

  /** Leaves out tests, and the benchmarks themselves. */
  static final class Libraries implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return new ImportOption.DoNotIncludeTests().includes(location)
          && !location.contains("/momo-bench/")
          && !location.contains("-tests.jar");
    }
  }
}
