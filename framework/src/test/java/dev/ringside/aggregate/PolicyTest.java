// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who takes over: the policies that are there, and the user's own. */
class PolicyTest {

  private static final long GIGABIT = 1_000_000_000;

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(FailoverPolicy policy) {
    return labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web").failoverPolicy(policy));
  }

  private static String active(Lab lab) {
    return String.valueOf(lab.host().aggregator().activeName());
  }

  @Test
  void the_first_healthy_nic_in_the_configured_order_takes_over() {
    Lab lab = lab(FailoverPolicies.firstHealthy());
    lab.host().pnic("p1").fail();

    lab.host().pnic("p0").fail();
    assertThat(active(lab)).isEqualTo("p2");

    lab.host().pnic("p1").repair();
    lab.host().pnic("p0").repair();
    assertThat(active(lab)).isEqualTo("p2");
    lab.host().pnic("p2").fail();
    assertThat(active(lab)).isEqualTo("p0");
  }

  @ParameterizedTest
  @EnumSource(PrimaryReselect.class)
  void the_primary_is_active_from_the_start(PrimaryReselect reselect) {
    Lab lab = lab(FailoverPolicies.primary("p1", reselect));

    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.journal().events(EventKind.PNIC_ACTIVATED))
        .containsExactly(Event.pnicActivated("p1"));
  }

  @Test
  void always_brings_the_primary_back_as_soon_as_it_is_repaired() {
    Lab lab = lab(FailoverPolicies.primary("p1", PrimaryReselect.ALWAYS));
    lab.host().pnic("p1").fail();
    assertThat(active(lab)).isEqualTo("p0");

    lab.host().pnic("p1").repair();

    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p1");
  }

  @Test
  void always_does_not_bring_another_nic_back() {
    Lab lab = lab(FailoverPolicies.primary("p1", PrimaryReselect.ALWAYS));
    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").repair();
    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void better_brings_the_primary_back_if_it_is_faster() {
    Lab lab = lab(FailoverPolicies.primary("p1", PrimaryReselect.BETTER));
    lab.cable("p0").toNetwork().setBandwidth(GIGABIT);
    lab.cable("p1").toNetwork().setBandwidth(10 * GIGABIT);
    lab.host().pnic("p1").fail();
    assertThat(active(lab)).isEqualTo("p0");

    lab.host().pnic("p1").repair();

    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void better_leaves_a_nic_active_that_is_as_fast() {
    Lab lab = lab(FailoverPolicies.primary("p1", PrimaryReselect.BETTER));
    lab.cable("p0").toNetwork().setBandwidth(GIGABIT);
    lab.cable("p1").toNetwork().setBandwidth(GIGABIT);
    lab.host().pnic("p1").fail();

    lab.host().pnic("p1").repair();

    assertThat(active(lab)).isEqualTo("p0");
    lab.host().pnic("p0").fail();
    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void failure_brings_the_primary_back_only_when_the_active_one_fails() {
    Lab lab = lab(FailoverPolicies.primary("p2", PrimaryReselect.FAILURE));
    lab.host().pnic("p2").fail();
    lab.host().pnic("p2").repair();
    assertThat(active(lab)).isEqualTo("p0");

    lab.host().pnic("p0").fail();

    assertThat(active(lab)).isEqualTo("p2");
  }

  @Test
  void the_users_policy_sees_the_healthy_ones_in_order_and_what_failed() {
    List<String> questions = new ArrayList<>();
    Lab lab =
        lab(
            (healthy, failed) -> {
              questions.add(names(healthy) + " for " + (failed == null ? "none" : failed.name()));
              return healthy.get(healthy.size() - 1);
            });

    lab.host().pnic("p2").fail();
    lab.host().pnic("p1").fail();

    assertThat(questions)
        .containsExactly("[p0, p1, p2] for none", "[p0, p1] for p2", "[p0] for p1");
    assertThat(active(lab)).isEqualTo("p0");
  }

  private static List<String> names(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::name).toList();
  }

  @Test
  void candidates_tell_their_failures_and_since_when_they_are_healthy() {
    List<Candidate> seen = new ArrayList<>();
    Lab lab =
        lab(
            (healthy, failed) -> {
              seen.clear();
              seen.addAll(healthy);
              return healthy.get(0);
            });
    lab.host().pnic("p1").flap(2, java.time.Duration.ofNanos(5), java.time.Duration.ofNanos(5));
    lab.advance(java.time.Duration.ofNanos(100));

    lab.host().pnic("p0").fail();

    assertThat(seen)
        .containsExactly(new Candidate("p1", 1, 0, 2, 15), new Candidate("p2", 2, 0, 0, 0));
  }

  @Test
  void a_policy_that_throws_fails_the_operation_but_not_the_failover() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web"));
    lab.host()
        .aggregator()
        .setPolicy(
            (healthy, failed) -> {
              throw new IllegalStateException("out of ideas");
            });

    assertThatThrownBy(() -> lab.host().pnic("p0").fail()).hasMessage("out of ideas");

    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p1");
    assertThat(lab.journal().events(EventKind.OPERATION_FAILED)).hasSize(1);
  }

  @Test
  void a_policy_that_chooses_badly_is_told_so_and_the_first_healthy_one_is_used() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web"));
    lab.host().aggregator().setPolicy(new StaysWithTheDead());

    assertThatThrownBy(() -> lab.host().pnic("p0").fail())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "failover policy (stays with the dead) chose p0, which is not among the healthy"
                + " [p1, p2]; the first of them is used instead");

    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p1");
  }

  private static final class StaysWithTheDead implements FailoverPolicy {
    @Override
    public @Nullable Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
      return failed;
    }

    @Override
    public String toString() {
      return "stays with the dead";
    }
  }

  @Test
  void a_policy_may_choose_none_until_another_policy_does() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web"));
    lab.host().aggregator().setPolicy((healthy, failed) -> null);
    lab.host().pnic("p0").fail();
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);

    lab.host().aggregator().setPolicy(FailoverPolicies.firstHealthy());

    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p1");
  }

  @Test
  void a_policy_whose_question_about_failback_throws_leaves_the_active_nic() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));
    lab.host()
        .aggregator()
        .setPolicy(
            new FailoverPolicy() {
              @Override
              public Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
                return healthy.get(0);
              }

              @Override
              public boolean replaces(Candidate active, Candidate repaired) {
                throw new IllegalStateException("who knows");
              }
            });
    lab.host().pnic("p0").fail();

    assertThatThrownBy(() -> lab.host().pnic("p0").repair()).hasMessage("who knows");

    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void a_policy_that_always_prefers_the_other_one_comes_to_rest() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));
    lab.host()
        .aggregator()
        .setPolicy(
            new FailoverPolicy() {
              @Override
              public Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
                return healthy.get(healthy.size() - 1);
              }

              @Override
              public boolean replaces(Candidate active, Candidate repaired) {
                return true;
              }
            });

    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").repair();

    assertThat(active(lab)).isEqualTo("p0");
  }

  @Test
  void policies_say_what_they_are() {
    assertThat(FailoverPolicies.firstHealthy()).hasToString("first healthy");
    assertThat(FailoverPolicies.primary("p0", PrimaryReselect.BETTER))
        .hasToString("primary p0, reselect BETTER");
  }
}
