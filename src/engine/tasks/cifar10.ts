/** @file CIFAR-10 averaged to 16×16, as it lies in the repository. */
import { imageTask } from "./images.ts";

/** Ten kinds of things in photographs: 5,000 images for w and 5,000 for α, balanced over the classes. */
export const cifar10 = imageTask({
  id: "cifar10",
  label: "CIFAR-10",
  summary: "Small photographs of ten kinds of animals and vehicles, to be told apart.",
  reference:
    "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; here averaged to 16×16",
  folder: "datasets/cifar10",
  size: 16,
  classes: 10,
});
