// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModulePathTest {

  @Test
  void one_line_brings_the_usual_set_as_named_modules() {
    assertThat(ModulePathTest.class.getModule().getName()).isEqualTo("downstream");
    for (String name :
        List.of("dev.ringside", "dev.ringside.junit.jupiter", "dev.ringside.assertj")) {
      assertThat(ModuleLayer.boot().findModule(name))
          .hasValueSatisfying(
              module -> {
                assertThat(module.getDescriptor().isAutomatic()).isFalse();
                assertThat(ModulePathTest.class.getModule().canRead(module)).isTrue();
              });
    }
  }
}
