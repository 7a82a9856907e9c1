// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * Properties that a policy, a matcher or a quota rule of your own must satisfy, to be inherited.
 */
@SuppressWarnings("requires-transitive-automatic") // jqwik has no descriptor.
module dev.ringside.contracts {
  requires transitive dev.ringside.jqwik;
  requires transitive net.jqwik.api;
  requires static transitive org.jspecify;

  exports dev.ringside.contracts;
}
