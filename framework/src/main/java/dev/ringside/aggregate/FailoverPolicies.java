// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that come with the framework.
 *
 * <pre>{@code
 * host.aggregator().setPolicy(FailoverPolicies.primary("p0", PrimaryReselect.ALWAYS));
 * }</pre>
 */
public final class FailoverPolicies {

  private static final FailoverPolicy FIRST_HEALTHY = new FirstHealthy();

  private FailoverPolicies() {}

  /** The first healthy NIC in the configured order; no way back. The default. */
  public static FailoverPolicy firstHealthy() {
    return FIRST_HEALTHY;
  }

  /** This NIC where it is healthy, else the first healthy one. */
  public static FailoverPolicy primary(String name, PrimaryReselect reselect) {
    return new Primary(name, reselect);
  }

  private static final class FirstHealthy implements FailoverPolicy {
    @Override
    public Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
      return healthy.get(0);
    }

    @Override
    public String toString() {
      return "first healthy";
    }
  }

  private record Primary(String name, PrimaryReselect reselect) implements FailoverPolicy {
    @Override
    public Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
      for (Candidate candidate : healthy) {
        if (candidate.name().equals(name)) {
          return candidate;
        }
      }
      return healthy.get(0);
    }

    @Override
    public boolean replaces(Candidate active, Candidate repaired) {
      if (!repaired.name().equals(name) || active.name().equals(name)) {
        return false;
      }
      return switch (reselect) {
        case ALWAYS -> true;
        case BETTER -> isFaster(repaired, active);
        case FAILURE -> false;
      };
    }

    private static boolean isFaster(Candidate one, Candidate other) {
      return other.speed() != 0 && (one.speed() == 0 || one.speed() > other.speed());
    }

    @Override
    public String toString() {
      return "primary " + name + ", reselect " + reselect;
    }
  }
}
