// Makes the plugin that Hawtio loads: remoteEntry.js and its chunks. What Hawtio has itself is taken from Hawtio.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rspack } from '@rspack/core'

const here = import.meta.dirname
const { devDependencies } = JSON.parse(readFileSync(resolve(here, 'package.json'), 'utf8'))

/** Libraries of the console (hawtio-springboot of pom.xml); without a copy of our own: one that is missing is an error. */
const ofHawtio = name => [name, { singleton: true, import: false, requiredVersion: devDependencies[name] ?? false }]

const config = {
  mode: 'production',
  context: here,
  entry: {},
  devtool: false,
  target: ['web', 'es2022'],
  output: {
    path: resolve(here, 'dist'),
    clean: true,
    publicPath: 'auto',
    uniqueName: 'patchbay',
    chunkFilename: '[name].[contenthash:8].js',
    cssChunkFilename: '[name].[contenthash:8].css',
  },
  resolve: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } }, target: 'es2022' },
        },
      },
      // A file of its own, loaded by a link: the page's policy would let styles in scripts pass only for the editor's sake.
      { test: /\.css$/, type: 'css' },
    ],
  },
  optimization: { chunkIds: 'deterministic', moduleIds: 'deterministic' },
  performance: { hints: 'error', maxAssetSize: 400_000, maxEntrypointSize: 400_000 },
  plugins: [
    new rspack.container.ModuleFederationPluginV1({
      name: 'patchbay',
      filename: 'remoteEntry.js',
      exposes: { './plugin': './src/plugin.tsx' },
      shared: Object.fromEntries(
        [
          'react',
          'react-dom',
          'react-router-dom',
          '@hawtio/react',
          '@patternfly/react-core',
          '@patternfly/react-icons',
          '@patternfly/react-table',
        ].map(ofHawtio),
      ),
    }),
  ],
}

rspack(config, (error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString({ all: false, errors: true, colors: false }))
    process.exit(1)
  }
  console.log(stats.toString({ all: false, assets: true, warnings: true, colors: false }))
})
