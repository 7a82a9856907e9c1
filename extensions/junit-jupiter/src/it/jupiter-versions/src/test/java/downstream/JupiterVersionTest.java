// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JupiterVersionTest {

  @Test
  void the_jupiter_on_the_class_path_is_the_one_that_was_asked_for() {
    String location = Test.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    assertTrue(location.contains(System.getProperty("junit.version")), location);
  }
}
