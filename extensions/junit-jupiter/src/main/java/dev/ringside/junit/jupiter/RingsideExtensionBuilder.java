// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Topology;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says in code what the labs of a test class shall be. Annotations further in take its place.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RingsideExtension ringside =
 *     RingsideExtension.builder()
 *         .topology(lab -> lab.host("h1").pnics(2).virtualFunctions(4).vms("web"))
 *         .seed(0xcafe)
 *         .expectDrops(DropReason.RING_FULL)
 *         .build();
 * }</pre>
 */
public final class RingsideExtensionBuilder {

  private final List<Lenience> leniences = new ArrayList<>(0);
  private final List<LabCheck> strict = new ArrayList<>(0);
  private @Nullable Topology topology;
  private @Nullable Seed seed;
  private @Nullable Scope scope;

  RingsideExtensionBuilder() {}

  /** The labs are like this. */
  public RingsideExtensionBuilder topology(Topology newTopology) {
    topology = newTopology;
    return this;
  }

  /** The number that all chance comes from, unless {@link LabSeed} says another. */
  public RingsideExtensionBuilder seed(long value) {
    seed = Seed.of(value);
    return this;
  }

  /** How long the labs live, unless {@link LabScope} says something else. */
  public RingsideExtensionBuilder scope(Scope newScope) {
    scope = newScope;
    return this;
  }

  /** Leaves these checks out; all if none is named, but for the conservation law. */
  public RingsideExtensionBuilder lenient(LabCheck... checks) {
    boolean all = checks.length == 0;
    for (LabCheck check : all ? LabCheck.values() : checks) {
      if (!all || check != LabCheck.CONSERVATION_LAW) {
        leniences.add(Lenience.about(check).ifNeeded());
      }
    }
    return this;
  }

  /** Forgives some of what checks find, such as that of one device. No test has to need it. */
  public RingsideExtensionBuilder lenient(Lenience lenience, Lenience... more) {
    leniences.add(lenience.ifNeeded());
    for (Lenience other : more) {
      leniences.add(other.ifNeeded());
    }
    return this;
  }

  /** Asks for checks that are left out otherwise: {@link LabCheck#UNUSED_RULES}. */
  public RingsideExtensionBuilder strict(LabCheck... checks) {
    strict.addAll(List.of(checks));
    return this;
  }

  /** Packets may be lost for these reasons. */
  public RingsideExtensionBuilder expectDrops(DropReason... reasons) {
    for (DropReason reason : reasons) {
      leniences.add(Lenience.expecting(reason).ifNeeded());
    }
    return this;
  }

  /** The extension; the builder may be used again. */
  public RingsideExtension build() {
    return new RingsideExtension(
        new Settings(topology, seed, scope, List.copyOf(leniences), List.copyOf(strict)));
  }
}
