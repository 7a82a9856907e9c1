// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FailoverTest {

  @Test
  void the_published_artifacts_are_there() {
    Module door = ModuleLayer.boot().findModule("java.base").orElseThrow();
    System.out.println("A downstream test runs with " + door.getName());
    assertTrue(true);
  }
}
