// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Topology;
import dev.ringside.lifecycle.LabCheck;
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

  private final List<LabCheck> lenient = new ArrayList<>(0);
  private final List<DropReason> drops = new ArrayList<>(0);
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
    lenient.addAll(List.of(checks.length == 0 ? LabCheck.values() : checks));
    return this;
  }

  /** Packets may be lost for these reasons. */
  public RingsideExtensionBuilder expectDrops(DropReason... reasons) {
    drops.addAll(List.of(reasons));
    return this;
  }

  /** The extension; the builder may be used again. */
  public RingsideExtension build() {
    return new RingsideExtension(
        new Settings(topology, seed, scope, List.copyOf(lenient), List.copyOf(drops)));
  }
}
