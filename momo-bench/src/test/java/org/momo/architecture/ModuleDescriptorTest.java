package org.momo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Module descriptors, held against the packages that exist. */
class ModuleDescriptorTest {

  @ParameterizedTest
  @ValueSource(strings = {"momo-api", "momo-core", "momo-metadata", "momo-imaging"})
  void a_descriptor_exports_each_package_with_public_types_unless_internal(String module)
      throws IOException {
    Path place = placeOf(module);
    ModuleReference reference = ModuleFinder.of(place).findAll().iterator().next();

    assertThat(reference.descriptor().name()).isEqualTo("org." + module.replace('-', '.'));
    assertThat(unqualifiedExports(reference.descriptor())).isEqualTo(packagesForUsers(place));
  }

  private static Set<String> unqualifiedExports(ModuleDescriptor descriptor) {
    return descriptor.exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  private static Set<String> packagesForUsers(Path place) throws IOException {
    return classesIn(place).stream()
        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
        .map(JavaClass::getPackageName)
        .filter(name -> !(name + ".").contains(".internal."))
        .collect(Collectors.toSet());
  }

  private static JavaClasses classesIn(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return new ClassFileImporter().importPath(place);
    }
    try (JarFile jar = new JarFile(place.toFile())) {
      return new ClassFileImporter().importJar(jar);
    }
  }

  private static Path placeOf(String module) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.toString().replace('\\', '/').contains("/" + module + "/target/"))
        .findFirst()
        .orElseThrow();
  }
}
