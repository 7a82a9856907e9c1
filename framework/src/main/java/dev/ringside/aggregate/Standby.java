// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the policy, which is the user's code: what it throws, and what it chooses wrongly, fails the
 * operation that led to the question, but not the failover.
 */
final class Standby {

  private final World world;
  private final HealthMonitor health;

  Standby(World world, HealthMonitor health) {
    this.world = world;
    this.health = health;
  }

  /** The next active member; null if none is healthy, or the policy wants none. */
  @Nullable MemberHealth choose(FailoverPolicy policy, @Nullable MemberHealth failed) {
    List<Candidate> healthy = health.healthy();
    if (healthy.isEmpty()) {
      health.endUpDelays();
      healthy = health.healthy();
    }
    for (MemberHealth member : health.members()) {
      member.repairedMeanwhile = false; // it is among the healthy
    }
    Candidate answer = healthy.isEmpty() ? null : ask(policy, healthy, failed);
    return answer == null ? null : health.members().get(answer.order());
  }

  private @Nullable Candidate ask(
      FailoverPolicy policy, List<Candidate> healthy, @Nullable MemberHealth failed) {
    try {
      Candidate answer =
          policy.choose(List.copyOf(healthy), failed == null ? null : failed.candidate());
      if (answer == null || isAmong(healthy, answer)) {
        return answer;
      }
      throw new IllegalStateException(
          "failover policy ("
              + policy
              + ") chose "
              + answer.name()
              + ", which is not among the healthy "
              + names(healthy)
              + "; the first of them is used instead");
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return healthy.get(0);
    }
  }

  /** The same one first: the first comparison of records in a JVM costs 15 ms. */
  @SuppressWarnings("ReferenceEquality") // equality follows
  private static boolean isAmong(List<Candidate> healthy, Candidate answer) {
    for (Candidate candidate : healthy) {
      if (candidate == answer) {
        return true;
      }
    }
    return healthy.contains(answer);
  }

  private static List<String> names(List<Candidate> candidates) {
    List<String> names = new ArrayList<>();
    for (Candidate candidate : candidates) {
      names.add(candidate.name());
    }
    return names;
  }

  /** Whether a member that has become healthy replaces the active one. */
  boolean replaces(FailoverPolicy policy, @Nullable MemberHealth active, MemberHealth repaired) {
    if (active == null || active == repaired || !active.usable || !repaired.usable) {
      return false;
    }
    try {
      return policy.replaces(active.candidate(), repaired.candidate());
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return false;
    }
  }

  /** Asks once for each member that was repaired in the course of a failover. */
  @Nullable MemberHealth replacementRepairedMeanwhile(
      FailoverPolicy policy, @Nullable MemberHealth active) {
    for (MemberHealth member : health.members()) {
      if (member.repairedMeanwhile) {
        member.repairedMeanwhile = false;
        if (replaces(policy, active, member)) {
          return member;
        }
      }
    }
    return null;
  }
}
