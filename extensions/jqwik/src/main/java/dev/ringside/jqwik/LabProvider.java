// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/**
 * Lets labs and hosts be written like generated values, which costs jqwik less for each try than a
 * parameter that it has to resolve.
 *
 * <pre>{@code
 * @LabPerTry
 * @Property
 * void p(@ForAll int bytes, @ForAll Lab lab) { ... }
 * }</pre>
 */
public final class LabProvider implements ArbitraryProvider {

  /** For jqwik. */
  public LabProvider() {}

  @Override
  public boolean canProvideFor(TypeUsage type) {
    return type.isOfType(Lab.class) || type.isOfType(Host.class);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
    return Set.of(
        Arbitraries.just(type.isOfType(Lab.class) ? LabLifecycle.PLACE : LabLifecycle.HOST_PLACE));
  }
}
