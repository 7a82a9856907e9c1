// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

/**
 * Says who makes the devices of a lab. Each package has one class that makes its devices, such as
 * {@code NicParts}; a source may give a subclass of it instead, whose devices are subclasses, too.
 *
 * <pre>{@code
 * Lab lab = Lab.builder().parts(faults).open();
 * }</pre>
 *
 * <p>A lab that is opened without a source asks nobody, and its devices are of the classes that
 * they are declared as.
 */
public interface PartsSource {

  /**
   * Who makes the devices of one package; asked whenever one is made, so the answer should be kept.
   *
   * @param world that of the lab
   * @param type the class of what is asked for
   * @param plain what is taken without a source
   */
  <P> P parts(World world, Class<P> type, P plain);
}
