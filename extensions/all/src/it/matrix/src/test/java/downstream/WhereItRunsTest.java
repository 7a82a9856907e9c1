// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The run is the one that was asked for. */
class WhereItRunsTest {

  private static final boolean MODULES = Boolean.getBoolean("expected.modules");

  private static String jarOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  @Test
  void the_versions_are_those_that_were_asked_for() {
    assertThat(jarOf(Test.class)).endsWith("-" + System.getProperty("expected.junit") + ".jar");
    assertThat(jarOf(Assertions.class))
        .endsWith("-" + System.getProperty("expected.assertj") + ".jar");
  }

  @Test
  void one_line_brings_the_usual_set_as_named_modules_or_on_the_class_path() {
    assertThat(WhereItRunsTest.class.getModule().isNamed()).isEqualTo(MODULES);
    for (String name :
        List.of("dev.ringside", "dev.ringside.junit.jupiter", "dev.ringside.assertj")) {
      assertThat(ModuleLayer.boot().findModule(name).isPresent()).isEqualTo(MODULES);
      if (MODULES) {
        Module module = ModuleLayer.boot().findModule(name).orElseThrow();
        assertThat(module.getDescriptor().isAutomatic()).isFalse();
        assertThat(WhereItRunsTest.class.getModule().canRead(module)).isTrue();
      }
    }
  }
}
