// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static dev.ringside.packet.Packets.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.Lab;
import dev.ringside.page.FailurePage;
import dev.ringside.page.TestFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModulePathTest {

  @Test
  void a_page_has_its_diagram_among_named_modules() {
    assertEquals("downstream", getClass().getModule().getName());
    assertEquals("dev.ringside", FailurePage.class.getModule().getName());
    try (Lab lab = Lab.open()) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      AssertionError thrown = new AssertionError("Expecting VM vm1 to be elsewhere");

      String page = FailurePage.of(lab, TestFailure.of("a.Test.fails", thrown), List.of());

      assertTrue(
          page.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sequence\""), page);
    }
  }
}
