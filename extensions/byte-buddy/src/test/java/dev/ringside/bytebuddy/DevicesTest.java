// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.NicParts;
import dev.ringside.nic.PhysicalNic;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All devices can have faults, and only those do that are in a lab with faults. */
class DevicesTest {

  @Test
  void each_class_that_makes_devices_is_known() throws IOException, URISyntaxException {
    List<String> known = DeviceTypes.parts().stream().map(Class::getSimpleName).toList();
    assertThat(known).containsExactlyInAnyOrderElementsOf(classesThatMakeDevices());
  }

  private static List<String> classesThatMakeDevices() throws IOException, URISyntaxException {
    URI framework = NicParts.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (framework.getPath().endsWith(".jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + framework), Map.of())) {
        return classesThatMakeDevices(jar.getPath("/"));
      }
    }
    return classesThatMakeDevices(Path.of(framework));
  }

  private static List<String> classesThatMakeDevices(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("\\w+Parts[.]class"))
          .map(name -> name.replace(".class", ""))
          .toList();
    }
  }

  @Test
  void parts_say_which_class_they_make() {
    for (Class<?> parts : DeviceTypes.parts()) {
      for (Method method : parts.getDeclaredMethods()) {
        if (!Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
          Class<?> device = method.getReturnType();
          assertThat(DeviceClasses.isPossible(device)).as(method.toString()).isTrue();
          assertThat(method.getName()).isEqualToIgnoringCase(device.getSimpleName());
          assertThat(
                  Stream.of(device.getDeclaredConstructors())
                      .map(each -> List.of(each.getParameterTypes())))
              .contains(List.of(method.getParameterTypes()));
        }
      }
    }
  }

  @Test
  void each_public_operation_of_each_device_can_have_faults() {
    List<String> not = new ArrayList<>();
    for (Class<?> device : DeviceTypes.ALL) {
      for (Method method : device.getMethods()) {
        int modifiers = method.getModifiers();
        if (method.getDeclaringClass().getName().startsWith("dev.ringside.")
            && !Modifier.isStatic(modifiers)
            && Modifier.isFinal(modifiers)) {
          not.add(method.toString());
        }
      }
    }
    assertThat(not).isEmpty();
  }

  @Test
  void a_lab_without_faults_has_the_usual_classes() {
    try (Lab faulty = Lab.builder().parts(new Faults()).open();
        Lab plain = Lab.open()) {
      assertThat(plain.host().getClass()).isSameAs(Host.class);
      assertThat(plain.host().pnic("p0").getClass()).isSameAs(PhysicalNic.class);
      assertThat(NicParts.of(plain.world()).getClass()).isSameAs(NicParts.class);
      assertThat(faulty.host().pnic("p0").getClass().getSuperclass()).isSameAs(PhysicalNic.class);
    }
  }

  @Test
  void labs_with_faults_share_their_classes() {
    try (Lab one = Lab.builder().parts(new Faults()).open();
        Lab other = Lab.builder().parts(new Faults()).open()) {
      assertThat(one.host().pnic("p0").getClass())
          .isSameAs(other.host().pnic("p1").getClass())
          .hasToString("class dev.ringside.nic.PhysicalNic$WithFaults");
    }
  }

  @Test
  void a_lab_whose_faults_never_fire_has_the_same_journal() {
    try (Lab faulty = Lab.builder().parts(new Faults()).open();
        Lab plain = Lab.open()) {
      Fault unused = Faults.of(faulty).before(PhysicalNic::hang).drop().lenient();
      for (Lab lab : List.of(faulty, plain)) {
        lab.vm("vm1").ping(lab.vm("vm2"));
        lab.host().pnic("p0").fail();
        lab.vm("vm1").ping(lab.wire());
        lab.host().removeVm("vm2");
      }
      assertThat(faulty.journal().entries().stream().map(Object::toString))
          .containsExactlyElementsOf(
              plain.journal().entries().stream().map(Object::toString).toList());
    }
  }
}
