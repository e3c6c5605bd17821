/** What Vite puts into a module at build time. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean };
}
