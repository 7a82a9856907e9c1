// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.flow.Destination;
import dev.ringside.host.Host;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a test says and does not need, and what is forgiven of one device only. */
class TooLittleTest {

  @TempDir Path output;

  private List<String> messages(Class<?> cases) {
    return Jupiter.failures(Jupiter.into(output).run(cases)).stream()
        .map(Throwable::getMessage)
        .toList();
  }

  private static void loseOne(Lab lab, String vm) {
    lab.vm(vm).send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(Duration.ofSeconds(4));
  }

  private static void leaveOne(Lab lab, String vm) {
    lab.vm(vm).pause();
    lab.wire().send(udp().to(lab.vm(vm)).port(9));
  }

  // ---- too little ----

  @Test
  void a_test_must_need_what_it_says_of_itself() {
    assertThat(messages(Unneeded.class))
        .containsExactlyInAnyOrder(
            """
            the test leaves its lab unclean
            - unused expectations: drops RING_FULL were expected and never came
              take the expectation away, or let the test lose what it means to lose
            Replay with @LabSeed(0x5eedL)""",
            """
            the test leaves its lab unclean
            - unused expectations: drops RING_FULL were expected and never came
              take RING_FULL out of lab.expectDrops, or let the test lose what it means to
            Replay with @LabSeed(0x5eedL)""",
            """
            the test leaves its lab unclean
            - unused leniences: undrained rings of [p0, p7] were to be forgiven, and there were none; \
            no device named 'p7'
              take the lenience away, so that the check watches again
            Replay with @LabSeed(0x5eedL)""",
            """
            the test leaves its lab unclean
            - unused leniences: still-waiting requests of [vm1] were to be forgiven, and there were none
              take the lenience away, so that the check watches again
            Replay with @LabSeed(0x5eedL)""",
            """
            the test leaves its lab unclean
            - unused faults: loss of fault 1 on cable p0 to host never struck: it saw 0 packets
              let the test cause what the fault is for, take it away, or make it lenient()
            Replay with @LabSeed(0x5eedL)""");
  }

  @ExtendWith(RingsideExtension.class)
  static class Unneeded {
    @Test
    @ExpectDrops({DropReason.NO_PEER, DropReason.RING_FULL})
    void expects_by_annotation(Lab lab) {
      loseOne(lab, "vm1");
    }

    @Test
    void expects_in_code(Lab lab) {
      lab.expectDrops(DropReason.RING_FULL);
    }

    @Test
    @Lenient(
        value = LabCheck.UNDRAINED_RINGS,
        devices = {"p0", "p7"})
    void is_lenient(Lab lab) {}

    @Test
    void is_lenient_about_a_device(
        @Lenient(LabCheck.WAITING_REQUESTS) @Device("vm1") VirtualMachine vm) {}

    @Test
    void plans_a_fault(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.nth(5));
    }
  }

  @Test
  void what_several_tests_share_not_each_of_them_has_to_need() {
    assertThat(messages(Shared.class)).isEmpty();
  }

  @ExtendWith(RingsideExtension.class)
  @ExpectDrops(DropReason.NO_PEER)
  @Lenient(LabCheck.UNDRAINED_RINGS)
  static class Shared {
    @Managed
    @Lenient(LabCheck.WAITING_REQUESTS)
    final Lab built = Lab.open();

    @BeforeEach
    void before(@Lenient(LabCheck.LEAKED_BINDINGS) @Device("p1") PhysicalNic nic) {}

    @AfterEach
    void after(@Lenient(LabCheck.LEAKED_BINDINGS) @Device("p1") PhysicalNic nic) {}

    @Test
    void needs_nothing() {}

    @Test
    @Lenient
    void says_that_anything_goes() {}

    @Nested
    class OfABuilder {
      @RegisterExtension
      static final RingsideExtension ringside =
          RingsideExtension.builder()
              .expectDrops(DropReason.RING_FULL)
              .lenient(LabCheck.LEAKED_BINDINGS)
              .lenient(
                  Lenience.about(LabCheck.UNDRAINED_RINGS).at("p0"),
                  Lenience.expecting(DropReason.TTL).at("p0"))
              .build();

      @Test
      void needs_nothing(Lab lab) {}
    }

    @Nested
    @LabScope(Scope.CLASS)
    class OfOneLab {
      @Test
      void may_be_meant_by_another_test(@LabScope(Scope.CLASS) Lab lab) {
        lab.expectDrops(DropReason.RING_FULL);
        lab.cable("p0").toHost().lose(Selector.nth(5));
      }
    }
  }

  @Test
  void a_test_that_has_failed_is_not_told_what_it_did_not_come_to() {
    List<Throwable> failures = Jupiter.failures(Jupiter.into(output).run(Failing.class));

    assertThat(failures).singleElement().satisfies(f -> assertThat(f).hasMessage("its own"));
    assertThat(failures.get(0).getSuppressed())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found)
                    .hasMessageContaining("undrained rings")
                    .hasMessageNotContaining("unused"));
  }

  @ExtendWith(RingsideExtension.class)
  static class Failing {
    @Test
    @ExpectDrops(DropReason.NO_PEER)
    @Lenient(LabCheck.LEAKED_BINDINGS)
    void test(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.nth(5));
      leaveOne(lab, "vm1");
      throw new IllegalStateException("its own");
    }
  }

  @Test
  void a_test_may_do_without_being_told() {
    assertThat(messages(Told.class)).isEmpty();
  }

  @ExtendWith(RingsideExtension.class)
  static class Told {
    @Test
    @ExpectDrops(DropReason.NO_PEER)
    @Lenient({LabCheck.UNUSED_EXPECTATIONS, LabCheck.UNUSED_FAULTS})
    void test(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.nth(5));
    }

    @Test
    void a_lenient_fault(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.nth(5)).lenient();
    }
  }

  @Test
  void of_several_labs_one_is_enough_to_need_what_was_said() {
    assertThat(messages(OneOfTwo.class)).isEmpty();
  }

  @ExtendWith(RingsideExtension.class)
  static class OneOfTwo {
    @Managed final Lab one = Lab.open();
    @Managed final Lab two = Lab.open();

    @Test
    @ExpectDrops(DropReason.NO_PEER)
    @Lenient(LabCheck.UNDRAINED_RINGS)
    void test() {
      loseOne(two, "vm1");
      leaveOne(one, "vm1");
    }
  }

  @Test
  void in_a_lab_that_tests_share_each_must_need_what_it_says() {
    assertThat(messages(OfTheClass.class))
        .singleElement()
        .asString()
        .contains("- unused expectations: drops RING_FULL were expected and never came\n");
  }

  @ExtendWith(RingsideExtension.class)
  static class OfTheClass {
    @Managed static Lab lab;

    @BeforeAll
    static void mean() {
      lab.expectDrops(DropReason.TTL);
    }

    @Test
    @ExpectDrops(DropReason.RING_FULL)
    void test() {}
  }

  // ---- rules ----

  @Test
  void a_rule_that_matched_nothing_is_told_where_a_test_asks_for_it() {
    assertThat(messages(Rules.class))
        .hasSize(3)
        .allSatisfy(
            message ->
                assertThat(message)
                    .isEqualTo(
                        """
                        the test leaves its lab unclean
                        - unused rules: flow table p0/flows: udp port 9 -> drop matched no packet
                          send what it is for, remove it, or make it lenient()
                        Replay with @LabSeed(0x5eedL)"""));
  }

  static void insert(Lab lab) {
    lab.host().pnic("p0").classifier().table().insert(udp().port(9), Destination.drop());
  }

  @ExtendWith(RingsideExtension.class)
  static class Rules {
    @Test
    void is_not_asked(Lab lab) {
      insert(lab);
    }

    @Test
    @Strict(LabCheck.UNUSED_RULES)
    void is_asked(Lab lab) {
      insert(lab);
    }

    @Test
    @Strict(LabCheck.UNUSED_RULES)
    @Lenient(value = LabCheck.UNUSED_RULES, devices = "p0")
    void is_forgiven(Lab lab) {
      insert(lab);
    }

    @Nested
    @Strict(LabCheck.UNUSED_RULES)
    class OfAClass {
      @Test
      void is_asked(Lab lab) {
        insert(lab);
      }
    }

    @Nested
    class OfABuilder {
      @RegisterExtension
      static final RingsideExtension ringside =
          RingsideExtension.builder().strict(LabCheck.UNUSED_RULES).build();

      @Test
      void is_asked(Lab lab) {
        insert(lab);
      }
    }
  }

  // ---- of one device ----

  @Test
  void only_the_device_that_was_named_is_forgiven() {
    assertThat(messages(OfOneDevice.class))
        .hasSize(4)
        .allSatisfy(message -> assertThat(message).contains("vm2").doesNotContain("vm1"));
  }

  @ExtendWith(RingsideExtension.class)
  static class OfOneDevice {
    @Test
    @ExpectDrops(value = DropReason.NO_PEER, devices = "vm1")
    void expected(Lab lab) {
      loseOne(lab, "vm1");
      loseOne(lab, "vm2");
    }

    @Test
    @Lenient(value = LabCheck.UNEXPECTED_DROPS, devices = "vm1")
    void lenient(Lab lab) {
      loseOne(lab, "vm1");
      loseOne(lab, "vm2");
    }

    @Test
    void parameter(Lab lab, @Lenient(LabCheck.UNEXPECTED_DROPS) @Device("vm1") VirtualMachine vm) {
      loseOne(lab, "vm1");
      loseOne(lab, "vm2");
    }

    @Nested
    class OfAField {
      @Lenient(LabCheck.UNEXPECTED_DROPS)
      @Device("vm1")
      VirtualMachine vm;

      @Test
      void field(Lab lab) {
        loseOne(lab, "vm1");
        loseOne(lab, "vm2");
      }
    }
  }

  @Test
  void several_devices_may_be_named_each_for_its_own() {
    assertThat(messages(Several.class)).isEmpty();
  }

  @ExtendWith(RingsideExtension.class)
  static class Several {
    @Test
    @ExpectDrops(value = DropReason.NO_PEER, devices = "vm1")
    @ExpectDrops(value = DropReason.NO_PEER, devices = "vm2")
    void expected(Lab lab) {
      loseOne(lab, "vm1");
      loseOne(lab, "vm2");
    }

    @Test
    @Lenient(value = LabCheck.UNEXPECTED_DROPS, devices = "vm1")
    @Lenient(value = LabCheck.UNDRAINED_RINGS, devices = "p0")
    void lenient(Lab lab) {
      loseOne(lab, "vm1");
      leaveOne(lab, "vm2");
    }

    @Test
    @HostSpec(vms = "web")
    @HostSpec(name = "h2", vms = "db")
    void of_several_hosts(
        Lab lab,
        @Lenient(LabCheck.UNEXPECTED_DROPS) @Device("h2/db") VirtualMachine vm,
        @Lenient(LabCheck.UNDRAINED_RINGS) @Device("h1") Host host) {
      loseOne(lab, "db");
      leaveOne(lab, "web");
    }

    @Test
    void on_a_card(@Lenient(LabCheck.UNDRAINED_RINGS) @Device("p0") PhysicalNic nic, Lab lab) {
      leaveOne(lab, "vm2");
    }
  }
}
