// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What fails a test after its end, and what does not. The checks themselves: LabSessionTest. */
class StrictnessTest {

  @TempDir Path output;

  private EngineExecutionResults run(Class<?> cases) {
    return Jupiter.into(output).run(cases);
  }

  private static void loseOne(Lab lab) {
    lab.hosts().get(0).vms().get(0).send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
    lab.advance(Duration.ofSeconds(4));
  }

  // ---- what fails ----

  @Test
  void a_test_that_leaves_its_lab_unclean_fails() {
    assertThat(Jupiter.failure(run(Unclean.class)))
        .isInstanceOf(UncleanLabError.class)
        .hasMessage(
            """
            the test leaves its lab unclean
            - unexpected drops: 1 NO_PEER at STACK vm1, the last: #3 no answer from 198.18.0.99 to 3 requests
              if they are meant, say so: lab.expectDrops(NO_PEER) or @ExpectDrops({NO_PEER})
            - undrained rings: 4 pulled from ring p0/vf1/rx0 wait for its consumer
              poll them, resume the guest, or advance the lab until they are empty
            Replay with @LabSeed(0x5eedL)""");
    assertThat(Register.take("Unclean")).allMatch(lab -> lab.world().isClosed());
  }

  @ExtendWith(RingsideExtension.class)
  static class Unclean {
    @Test
    void test(Lab lab) {
      Register.see(this, lab);
      lab.vm("vm2").pause();
      lab.wire().send(udp().to(lab.vm("vm2")).port(9));
      loseOne(lab);
    }
  }

  @Test
  void what_happens_in_after_each_counts() {
    assertThat(Jupiter.failure(run(LateLoss.class))).isInstanceOf(UncleanLabError.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class LateLoss {
    @Managed Lab lab;

    @Test
    void test() {}

    @AfterEach
    void lose() {
      loseOne(lab);
    }
  }

  @Test
  void what_happens_in_after_all_counts() {
    assertThat(Jupiter.failure(run(LossOfTheClass.class))).isInstanceOf(UncleanLabError.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class LossOfTheClass {
    @Managed static Lab lab;

    @Test
    void test() {}

    @AfterAll
    static void lose() {
      loseOne(lab);
    }
  }

  @Test
  void the_law_is_checked_however_lenient_the_test_is() {
    assertThat(Jupiter.failure(run(Lawless.class)))
        .hasMessageStartingWith(
            "the test leaves its lab unclean\n- conservation law: 1 packets are unaccounted for");
  }

  @ExtendWith(RingsideExtension.class)
  @Lenient
  static class Lawless {
    @Test
    @Lenient
    void test(@Lenient Lab lab) {
      lab.ledger().open(Stage.PNIC, "broken").addReceived();
    }
  }

  @Test
  void of_several_unclean_labs_all_are_named() {
    Throwable failure = Jupiter.failure(run(SeveralUnclean.class));

    assertThat(failure).hasMessageContaining("NO_PEER at STACK vm1");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(other -> assertThat(other).hasMessageContaining("NO_PEER at STACK web"));
  }

  @ExtendWith(RingsideExtension.class)
  static class SeveralUnclean {
    @Managed final Lab one = Lab.open();
    @Managed final Lab two = Lab.builder().topology(lab -> lab.host("h").vms("web")).open();

    @Test
    void test() {
      loseOne(one);
      loseOne(two);
    }
  }

  // ---- the test's own failure ----

  @Test
  void a_tests_own_failure_is_not_masked() {
    Throwable failure = Jupiter.failure(run(FailingAndUnclean.class));

    assertThat(failure).hasMessage("its own").isExactlyInstanceOf(IllegalStateException.class);
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(UncleanLabError.class);
    assertThat(Register.take("FailingAndUnclean")).allMatch(lab -> lab.world().isClosed());
  }

  @ExtendWith(RingsideExtension.class)
  static class FailingAndUnclean {
    @Test
    void test(Lab lab) {
      Register.see(this, lab);
      loseOne(lab);
      throw new IllegalStateException("its own");
    }
  }

  @Test
  void a_test_that_was_aborted_is_not_checked() {
    EngineExecutionResults results = run(Aborted.class);

    assertThat(Jupiter.failures(results)).isEmpty();
    assertThat(results.testEvents().aborted().count()).isEqualTo(1);
    assertThat(Register.take("Aborted")).allMatch(lab -> lab.world().isClosed());
    assertThat(output).isEmptyDirectory();
  }

  @ExtendWith(RingsideExtension.class)
  static class Aborted {
    @Test
    void test(Lab lab) {
      Register.see(this, lab);
      loseOne(lab);
      Assumptions.abort("not here");
    }
  }

  @Test
  void labs_are_closed_however_a_test_ends() {
    EngineExecutionResults results = run(Breaking.class);

    assertThat(Jupiter.failures(results))
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder("in before each", "in constructor", "in after each");
    assertThat(Register.take("Breaking")).hasSize(3).allMatch(lab -> lab.world().isClosed());
  }

  @ExtendWith(RingsideExtension.class)
  static class Breaking {
    static void see(Lab lab) {
      Register.see("Breaking", lab);
    }

    @Nested
    class InBeforeEach {
      @BeforeEach
      void fail(Lab lab) {
        see(lab);
        throw new IllegalStateException("in before each");
      }

      @Test
      void test() {}
    }

    @Nested
    class InConstructor {
      InConstructor(Lab lab) {
        see(lab);
        throw new IllegalStateException("in constructor");
      }

      @Test
      void test() {}
    }

    @Nested
    class InAfterEach {
      @AfterEach
      void fail(Lab lab) {
        see(lab);
        throw new IllegalStateException("in after each");
      }

      @Test
      void test() {}
    }
  }

  // ---- what is meant ----

  @Test
  void losses_that_are_meant_do_not_fail_a_test() {
    assertThat(Jupiter.failures(run(Meant.class))).isEmpty();
    assertThat(output).isEmptyDirectory();
  }

  @ExtendWith(RingsideExtension.class)
  static class Meant {
    @Test
    @ExpectDrops(DropReason.NO_PEER)
    void announced_by_annotation(Lab lab) {
      loseOne(lab);
    }

    @Test
    void announced_in_code(Lab lab) {
      lab.expectDrops(DropReason.NO_PEER);
      loseOne(lab);
    }

    @Test
    @Lenient(LabCheck.UNEXPECTED_DROPS)
    void not_looked_at(Lab lab) {
      loseOne(lab);
    }

    @Test
    void not_looked_at_in_this_lab(@Lenient Lab lab) {
      loseOne(lab);
    }

    @Test
    void caused_by_the_test_itself(Lab lab) {
      VirtualMachine vm1 = lab.vm("vm1");
      lab.host().pnic("p0").fail();
      lab.host().pnic("p1").fail();
      lab.wire().send(udp().to(vm1).port(9));
      vm1.send(udp().to(lab.wire()).port(9));
    }

    @Nested
    @ExpectDrops(DropReason.NO_PEER)
    class OfAClass {
      @Nested
      class Inside {
        @Managed final Lab lab = Lab.open();

        @Test
        void announced_further_out() {
          loseOne(lab);
        }
      }
    }

    @Nested
    class OfABuilder {
      @RegisterExtension
      static final RingsideExtension ringside =
          RingsideExtension.builder().expectDrops(DropReason.NO_PEER).seed(5).build();

      @Test
      void announced_in_the_builder(Lab lab) {
        assertThat(lab.seed().value()).isEqualTo(5);
        loseOne(lab);
      }
    }

    @Nested
    class OfALenientBuilder {
      @RegisterExtension
      static final RingsideExtension ringside = RingsideExtension.builder().lenient().build();

      @Managed @Lenient final Lab lab = Lab.open();

      @Test
      void not_looked_at() {
        loseOne(lab);
      }
    }
  }

  // ---- labs that tests share ----

  @Test
  void in_a_shared_lab_each_test_answers_for_what_it_does() {
    List<Throwable> failures = Jupiter.failures(run(Sharing.class));

    assertThat(failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("drops: 1 NO_PEER"));
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Sharing {
    @Test
    @Order(1)
    @ExpectDrops(DropReason.NO_PEER)
    void means_it(Lab lab) {
      loseOne(lab);
    }

    @Test
    @Order(2)
    void does_not_mean_it(Lab lab) {
      loseOne(lab);
    }

    @Test
    @Order(3)
    void loses_nothing(Lab lab) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(9));
    }
  }

  @Test
  void a_shared_lab_that_is_busy_is_checked_by_the_last_one() {
    EngineExecutionResults results = Jupiter.into(output).concurrently().run(Busy.class);

    assertThat(Jupiter.failures(results)).hasSize(1);
    assertThat(Jupiter.failure(results)).hasMessageContaining("drops: 8 NO_PEER");
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.RUN)
  static class Busy {
    private static final java.util.concurrent.CyclicBarrier ALL_LOST =
        new java.util.concurrent.CyclicBarrier(2);

    @Test
    void one(Lab lab) throws Exception {
      lose(lab);
    }

    @Test
    void other(Lab lab) throws Exception {
      lose(lab);
    }

    private static void lose(Lab lab) throws Exception {
      ALL_LOST.await();
      for (int i = 0; i < 4; i++) {
        lab.vm("vm1").send(udp().to(Ipv4Address.of("198.18.0.99")).port(9));
      }
      ALL_LOST.await();
      lab.advance(Duration.ofSeconds(4));
      ALL_LOST.await();
    }
  }
}
