// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static dev.ringside.packet.Packets.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.LabScope;
import dev.ringside.junit.jupiter.LabSeed;
import dev.ringside.junit.jupiter.Managed;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.junit.jupiter.Scope;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaysInTest {

  static void talk(Lab lab, VirtualMachine vm) {
    lab.wire().send(udp().to(vm).port(53));
    assertEquals(1, vm.received().size());
  }

  @Nested
  @ExtendWith(RingsideExtension.class)
  class ByAnnotation {

    @Device("h1")
    Host field;

    private final Lab ofConstructor;

    ByAnnotation(Lab lab) {
      ofConstructor = lab;
    }

    @Test
    @LabSeed(7)
    void a_parameter(
        @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host,
        Lab lab,
        @Device("p1") PhysicalNic p1) {
      assertSame(ofConstructor, lab);
      assertSame(field, host);
      assertEquals("0x7", lab.seed().toString());
      talk(lab, host.vm("web"));
      host.pnic("p0").fail();
      assertTrue(p1.isActive());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void beside_other_parameters(int number, VirtualMachine vm) {
      assertEquals("vm1", vm.name());
      talk(ofConstructor, vm);
    }

    @Nested
    class Inside {
      @Test
      void the_lab_of_the_class_around(Lab lab) {
        assertSame(ofConstructor, lab);
      }

      @Nested
      @TestInstance(TestInstance.Lifecycle.PER_CLASS)
      class DeepInside {
        private final Lab shared;

        DeepInside(Lab shared) {
          this.shared = shared;
        }

        @Test
        void an_instance_that_tests_share(@LabScope(Scope.CLASS) Lab lab, Lab own) {
          assertSame(shared, lab);
          assertNotSame(shared, own);
          talk(own, own.vm("vm2"));
        }
      }
    }
  }

  @Nested
  class ByBuilder {

    @RegisterExtension
    static final RingsideExtension ringside =
        RingsideExtension.builder().topology(lab -> lab.host("built").vms("db")).build();

    @Test
    void a_topology(Host host, VirtualMachine db) {
      assertEquals("built", host.name());
      assertEquals("db", db.name());
    }
  }

  @Nested
  @ExtendWith(RingsideExtension.class)
  class ByValue {

    @Managed final Lab lab = Lab.builder().seed(42).open();

    @Test
    void a_lab_of_ones_own(@Device("vm1") VirtualMachine vm) {
      assertSame(lab.vm("vm1"), vm);
      talk(lab, vm);
    }
  }

  @Test
  void by_hand() {
    try (LabSession session = LabSession.of(Lab.open())) {
      talk(session.lab(), session.lab().vm("vm1"));
      session.check();
    }
  }

  /** What this JUnit closes, and when: the lab of a test with it, that of the class later. */
  @Nested
  @ExtendWith(RingsideExtension.class)
  class Closing {

    private static final List<Lab> LABS = new ArrayList<>();

    @Managed static Lab ofTheClass;

    @BeforeEach
    void see(Lab lab, @LabScope(Scope.TEST) Lab own) {
      assertSame(ofTheClass, lab);
      for (Lab before : LABS) {
        assertTrue(before.world().isClosed());
      }
      LABS.add(own);
    }

    @Test
    void one() {}

    @Test
    void other() {}

    @AfterAll
    static void the_lab_of_the_class_is_still_open() {
      assertEquals(2, LABS.size());
      assertFalse(ofTheClass.world().isClosed());
    }
  }
}
