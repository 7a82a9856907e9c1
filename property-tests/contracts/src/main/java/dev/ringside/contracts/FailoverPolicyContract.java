// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.host.Host;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a {@link FailoverPolicy}.
 *
 * <pre>{@code
 * class LeastFailuresTest implements FailoverPolicyContract {
 *   @Override
 *   public FailoverPolicy policy() {
 *     return new LeastFailures();
 *   }
 * }
 * }</pre>
 */
public interface FailoverPolicyContract {

  /** A new policy each time, as a lab would get it. */
  FailoverPolicy policy();

  /**
   * Whether it may choose none although a NIC is healthy. Then a host may stay without an uplink
   * for as long as the policy says so. No, unless overridden.
   */
  default boolean mayChooseNone() {
    return false;
  }

  /** A question: who is healthy, and which of all has failed, -1 for none. */
  record Question(List<Candidate> healthy, int failed) {

    @Nullable Candidate former() {
      return failed < 0 ? null : new Candidate("p" + failed, failed, 0, 1, 0);
    }
  }

  /** It chooses one of those that it is given, and leaves the list as it is. */
  @Property(tries = 300)
  default void chooses_one_of_the_healthy(@ForAll("failoverQuestions") Question question) {
    FailoverPolicy policy = policy();
    Candidate chosen = choose(policy, question);
    if (chosen == null && !mayChooseNone()) {
      throw Broken.contract(
          "failover policy",
          policy,
          "chose none of the healthy " + names(question.healthy()),
          "choose one, or override mayChooseNone()");
    }
    if (chosen != null && !question.healthy().contains(chosen)) {
      throw Broken.contract(
          "failover policy",
          policy,
          "chose "
              + chosen.name()
              + ", which is not among the healthy "
              + names(question.healthy()),
          "choose one of those that it is given");
    }
  }

  /** Two new ones that are asked the same questions give the same answers. */
  @Property(tries = 100)
  default void is_the_same_in_every_run(@ForAll("failoverHistories") List<Question> questions) {
    FailoverPolicy one = policy();
    FailoverPolicy other = policy();
    for (Question question : questions) {
      Candidate first = choose(one, question);
      Candidate second = choose(other, question);
      if (first == null ? second != null : !first.equals(second)) {
        throw Broken.contract(
            "failover policy",
            one,
            "chose " + first + " in one run and " + second + " in another",
            "decide by what it is told alone, not by chance, time or identity");
      }
    }
  }

  /** Of two healthy NICs it does not prefer each to the other: they would replace one another. */
  @Property(tries = 300)
  default void does_not_go_to_and_fro(@ForAll("failoverQuestions") Question question) {
    FailoverPolicy policy = policy();
    for (Candidate one : question.healthy()) {
      for (Candidate other : question.healthy()) {
        if (one.order() < other.order()
            && replaces(policy, one, other)
            && replaces(policy, other, one)) {
          throw Broken.contract(
              "failover policy",
              policy,
              "replaces " + one.name() + " by " + other.name() + " and the other way round",
              "let replaces() prefer one of them");
        }
      }
    }
  }

  /** A host that uses it has an active NIC whenever one is healthy, and no more than one. */
  @Property(tries = 50)
  default void keeps_a_host_connected(@ForAll("failoverScripts") List<Integer> script) {
    FailoverPolicy policy = policy();
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(4).virtualFunctions(2).vms("web").failoverPolicy(policy);
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      for (int step : script) {
        String nic = "p" + step / 2;
        if (step % 2 == 0) {
          host.pnic(nic).fail();
        } else {
          host.pnic(nic).repair();
        }
        check(policy, host, nic);
      }
    }
  }

  private void check(FailoverPolicy policy, Host host, String changed) {
    String active = host.aggregator().activeName();
    List<String> healthy = new ArrayList<>();
    for (String name : host.aggregator().memberNames()) {
      if (host.aggregator().isHealthy(name)) {
        healthy.add(name);
      }
    }
    boolean wrong =
        active == null ? !healthy.isEmpty() && !mayChooseNone() : !healthy.contains(active);
    if (wrong) {
      throw Broken.contract(
          "failover policy",
          policy,
          "left "
              + active
              + " active after "
              + changed
              + " had changed, with "
              + healthy
              + " healthy",
          "choose one of the healthy whenever there is one");
    }
  }

  private static @Nullable Candidate choose(FailoverPolicy policy, Question question) {
    return Broken.ask(
        "failover policy",
        policy,
        names(question.healthy()),
        () -> policy.choose(List.copyOf(question.healthy()), question.former()));
  }

  private static boolean replaces(FailoverPolicy policy, Candidate active, Candidate repaired) {
    return Broken.ask(
        "failover policy",
        policy,
        active.name() + " and " + repaired.name(),
        () -> policy.replaces(active, repaired));
  }

  private static List<String> names(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::name).toList();
  }

  /** One to eight healthy NICs, in the configured order, with gaps. */
  @Provide
  default Arbitrary<Question> failoverQuestions() {
    Arbitrary<List<Integer>> orders =
        Arbitraries.integers()
            .between(0, 11)
            .set()
            .ofMinSize(1)
            .ofMaxSize(8)
            .map(set -> set.stream().sorted().toList());
    Arbitrary<Long> speeds = Arbitraries.of(0L, 1_000_000_000L, 10_000_000_000L);
    return Combinators.combine(
            orders,
            speeds.list().ofSize(8),
            Arbitraries.integers().between(0, 3).list().ofSize(8),
            Arbitraries.longs().between(0, 1_000_000_000L).list().ofSize(8),
            Arbitraries.integers().between(-1, 12))
        .as(
            (places, speed, failures, since, failed) -> {
              List<Candidate> healthy = new ArrayList<>();
              for (int i = 0; i < places.size(); i++) {
                int order = places.get(i);
                healthy.add(
                    new Candidate("p" + order, order, speed.get(i), failures.get(i), since.get(i)));
              }
              return new Question(healthy, places.contains(failed) ? -1 : failed);
            });
  }

  /** Questions that one policy is asked, one after the other. */
  @Provide
  default Arbitrary<List<Question>> failoverHistories() {
    return failoverQuestions().list().ofMinSize(1).ofMaxSize(6);
  }

  /** Failures (even numbers) and repairs (odd ones) of four NICs. */
  @Provide
  default Arbitrary<List<Integer>> failoverScripts() {
    return Arbitraries.integers().between(0, 7).list().ofMinSize(1).ofMaxSize(12);
  }
}
