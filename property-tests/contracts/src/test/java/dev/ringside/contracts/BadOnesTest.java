// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.aggregate.ActivePort;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.memory.QuotaRule;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.engine.JqwikTestEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each promise of each contract is broken once, and the contract says so. */
class BadOnesTest {

  /** What the failing properties of a class say. */
  static String failures(Class<?> planted) {
    synchronized (BadOnesTest.class) { // what jqwik learns of types is not for several threads
      StringBuilder text = new StringBuilder();
      EngineTestKit.engine(new JqwikTestEngine())
          .selectors(selectClass(planted))
          .execute()
          .testEvents()
          .failed()
          .stream()
          .map(event -> event.getRequiredPayload(TestExecutionResult.class))
          .forEach(result -> text.append(result.getThrowable().orElseThrow()).append('\n'));
      return text.toString();
    }
  }

  // ---- failover policies ----

  static class ChoosesAStranger implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return Named.failover("stranger", (healthy, failed) -> new Candidate("p99", 99, 0, 0, 0));
    }
  }

  @Test
  void a_failover_policy_chooses_one_of_the_healthy() {
    assertThat(failures(ChoosesAStranger.class))
        .contains("failover policy (stranger) chose p99, which is not among the healthy [");
  }

  static class ChoosesNone implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return Named.failover(
          "none of two", (healthy, failed) -> healthy.size() > 1 ? null : healthy.get(0));
    }
  }

  @Test
  void a_failover_policy_chooses_one_at_all() {
    assertThat(failures(ChoosesNone.class))
        .contains(
            "failover policy (none of two) chose none of the healthy [",
            "choose one, or override mayChooseNone()");
  }

  static class ChangesTheList implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return Named.failover(
          "clears",
          (healthy, failed) -> {
            healthy.clear();
            return null;
          });
    }
  }

  @Test
  void a_failover_policy_leaves_the_list_alone() {
    assertThat(failures(ChangesTheList.class))
        .contains(
            "failover policy (clears) threw java.lang.UnsupportedOperationException when asked about [");
  }

  /** Remembers beyond its own life. */
  private static final AtomicInteger ASKED = new AtomicInteger();

  static class DependsOnOthers implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return Named.failover(
          "in turn, for all",
          (healthy, failed) -> healthy.get(ASKED.getAndIncrement() % healthy.size()));
    }
  }

  @Test
  void a_failover_policy_is_the_same_in_every_run() {
    assertThat(failures(DependsOnOthers.class))
        .contains(
            "failover policy (in turn, for all) chose Candidate[name=p",
            "decide by what it is told alone, not by chance, time or identity");
  }

  static class GoesToAndFro implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return new FailoverPolicy() {
        @Override
        public @Nullable Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
          return healthy.get(0);
        }

        @Override
        public boolean replaces(Candidate active, Candidate repaired) {
          return true;
        }

        @Override
        public String toString() {
          return "newest";
        }
      };
    }
  }

  @Test
  void a_failover_policy_does_not_go_to_and_fro() {
    assertThat(failures(GoesToAndFro.class))
        .contains(
            "failover policy (newest) replaces p",
            " and the other way round; let replaces() prefer one of them");
  }

  static class LeavesAHostAlone implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return Named.failover(
          "not after p0",
          (healthy, failed) ->
              failed != null && failed.name().equals("p0") ? null : healthy.get(0));
    }
  }

  @Test
  void a_failover_policy_keeps_a_host_connected() {
    assertThat(failures(LeavesAHostAlone.class))
        .contains(
            "failover policy (not after p0) left null active after p0 had changed, with [p1, p2, p3] healthy;");
  }

  // ---- port selection policies ----

  static class SelectsAStranger implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return Named.selection("stranger", (first, number, ports) -> new ActivePort("p99", 99, 0, 0));
    }
  }

  @Test
  void a_port_selection_policy_chooses_one_of_the_list() {
    assertThat(failures(SelectsAStranger.class))
        .contains(
            "port selection policy (stranger) chose ActivePort[name=p99, order=99, speed=0, connections=0], which"
                + " is not among [");
  }

  static class WantsPorts implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return Named.selection(
          "by key", (first, number, ports) -> ports.get(first.flowKey().hashCode() % ports.size()));
    }
  }

  @Test
  void a_port_selection_policy_answers_for_every_packet() {
    assertThat(failures(WantsPorts.class))
        .contains("port selection policy (by key) threw java.lang.");
  }

  private static final AtomicLong SELECTED = new AtomicLong();

  static class SelectsByOthers implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return Named.selection(
          "in turn, for all",
          (first, number, ports) -> ports.get((int) (SELECTED.getAndIncrement() % ports.size())));
    }
  }

  @Test
  void a_port_selection_policy_is_the_same_in_every_run() {
    assertThat(failures(SelectsByOthers.class))
        .contains(
            "port selection policy (in turn, for all) chose ActivePort[",
            "decide by bytes, number and list alone");
  }

  static class PrefersTheFirst implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return Named.selection("first", (first, number, ports) -> ports.get(0));
    }
  }

  @Test
  void a_port_selection_policy_uses_every_port() {
    assertThat(failures(PrefersTheFirst.class))
        .contains("port selection policy (first) spread ", "use every NIC, or override usesAll()");
  }

  // ---- transmit buffer policies ----

  static class Waits implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return Named.buffer("waits", offers -> offers.size() > 2 ? null : offers.get(0));
    }
  }

  @Test
  void a_transmit_buffer_policy_gives_what_is_free() {
    assertThat(failures(Waits.class))
        .contains(
            "transmit buffer policy (waits) let ",
            "choose one of the offers, or override mayWait()");
  }

  static class LooksTooFar implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return Named.buffer("too far", offers -> offers.get(offers.size()));
    }
  }

  @Test
  void a_transmit_buffer_policy_answers_always() {
    assertThat(failures(LooksTooFar.class))
        .contains(
            "transmit buffer policy (too far) threw java.lang.IndexOutOfBoundsException: offer ");
  }

  static class OffersByOthers implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return Named.buffer(
          "in turn, for all",
          offers -> offers.get((int) (SELECTED.getAndIncrement() % offers.size())));
    }
  }

  @Test
  void a_transmit_buffer_policy_is_the_same_in_every_run() {
    assertThat(failures(OffersByOthers.class))
        .contains(
            "transmit buffer policy (in turn, for all) chose [", "decide by the offers alone");
  }

  // ---- packet matchers ----

  static class ReadsBeyond implements PacketMatcherContract {
    @Override
    public PacketMatcher matcher() {
      return Named.matcher("byte 30", packet -> packet.unsignedByteAt(30) == 6);
    }
  }

  @Test
  void a_packet_matcher_answers_for_every_packet() {
    assertThat(failures(ReadsBeyond.class))
        .contains("packet matcher (byte 30) threw java.lang.ArrayIndexOutOfBoundsException");
  }

  static class Alternates implements PacketMatcherContract {
    @Override
    public PacketMatcher matcher() {
      return new PacketMatcher() {
        private boolean last;

        @Override
        public boolean matches(Packet packet) {
          last = !last;
          return last;
        }

        @Override
        public String toString() {
          return "every second";
        }
      };
    }
  }

  @Test
  void a_packet_matcher_keeps_nothing_in_mind() {
    assertThat(failures(Alternates.class))
        .contains(
            "packet matcher (every second) said ",
            "look at the packet alone, and keep nothing in mind");
  }

  static class LooksAtIds implements PacketMatcherContract {
    @Override
    public PacketMatcher matcher() {
      return Named.matcher("even ids", packet -> packet.id() % 2 == 0);
    }
  }

  @Test
  void a_packet_matcher_looks_at_bytes_alone() {
    assertThat(failures(LooksAtIds.class))
        .contains(
            "packet matcher (even ids) said ",
            "look at the bytes, not at id, identity, chance or time");
  }

  // ---- quota rules ----

  static class Flickers implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return Named.rule("flickers", (used, amount, limit) -> SELECTED.getAndIncrement() % 2 == 0);
    }
  }

  @Test
  void a_quota_rule_gives_the_same_answer_again() {
    assertThat(failures(Flickers.class))
        .contains(
            "quota rule (flickers) is no rule: a request of ",
            "is granted only sometimes; keep nothing in mind");
  }

  static class FullHelps implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return Named.rule("only when half is used", (used, amount, limit) -> used >= limit / 2);
    }
  }

  @Test
  void a_release_never_makes_it_worse() {
    assertThat(failures(FullHelps.class)).contains(" is refused, but fits beside ");
  }

  static class LowHelps implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return Named.rule("low limits only", (used, amount, limit) -> limit < 50_000);
    }
  }

  @Test
  void a_higher_limit_never_makes_it_worse() {
    assertThat(failures(LowHelps.class)).contains(" is refused, but fits in ");
  }

  static class LargeOnly implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return Named.rule("large ones only", (used, amount, limit) -> amount > 1_000);
    }
  }

  @Test
  void a_smaller_request_never_fares_worse() {
    assertThat(failures(LargeOnly.class))
        .contains(" is refused, but ", " fit; or requests wait that nothing ends");
  }

  static class Miser implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return Named.rule("never", (used, amount, limit) -> false);
    }
  }

  @Test
  void an_empty_target_gets_something() {
    assertThat(failures(Miser.class))
        .contains(
            "quota rule (never) is no rule: a request of 1 bytes beside 0 of ",
            "is refused although nothing is in use; grant something");
  }
}
